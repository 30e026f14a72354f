package delivery

import (
	"hash/fnv"
	"strconv"
	"time"
)

// Retry is the plan of tries: about 1, 2, 4, 8 … minutes apart, up to Longest, Tries in all.
type Retry struct {
	First   time.Duration // default 1 min
	Longest time.Duration // default 6 h
	Tries   int           // default 8: a day and a half at most
	Seed    uint64        // of the jitter: a run can be repeated to the millisecond
}

// DefaultRetry is the plan unless settings say otherwise.
func DefaultRetry() Retry { return Retry{First: time.Minute, Longest: 6 * time.Hour, Tries: 8} }

// After is how long to wait after a try, numbered from 1: between half the step and the
// whole of it, so that those who failed together do not come back together. What the
// channel asked for is honoured and never shortened.
func (r Retry) After(id int64, try int, asked time.Duration) time.Duration {
	step := r.First
	for i := 1; i < try && step < r.Longest; i++ {
		step *= 2
	}
	step = min(step, r.Longest)
	h := fnv.New64a()
	_, _ = h.Write([]byte(strconv.FormatUint(r.Seed, 16) + "/" + strconv.FormatInt(id, 16) + "/" + strconv.Itoa(try))) // a hash never fails
	part := time.Duration(mix(h.Sum64()) % uint64(step/2+1))
	if asked > 0 {
		return asked + part/8
	}
	return step/2 + part
}

// mix spreads FNV's weak low bits (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
