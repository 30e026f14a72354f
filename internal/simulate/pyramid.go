package simulate

import "math/rand/v2"

// shares of five-year groups of age among a thousand people. The three broad groups follow
// what the statistics office published from the mid-term census of 1 April 2024 (under 15:
// about 23.3 %, 15 to 64: 67.4 %, from 65: 9.3 %); how they divide inside is our own rough
// reading of the pyramid, and nothing here rests on more.
var shares = []int{
	72, 81, 80, // 0-14
	70, 60, 71, 82, 82, 77, 68, 61, 55, 48, // 15-64
	39, 25, 15, 8, 6, // 65-89
}

// ageOf draws an age in days.
func ageOf(r *rand.Rand) int {
	n := r.IntN(1000)
	for i, s := range shares {
		if n < s {
			return i*1826 + r.IntN(1826)
		}
		n -= s
	}
	return r.IntN(20 * 365)
}

// dying is the chance of death within a year at an age: Gompertz, so that half of those
// born die by about 77, with a first year of its own.
func dying(age int) float64 {
	if age == 0 {
		return 0.011
	}
	q := 0.00004
	for range age {
		q *= 1.098
	}
	return min(q, 0.9)
}
