package postgres

import (
	"sync"
	"testing"
)

func TestTwoThatWaitForEachOtherBothGetThrough(t *testing.T) {
	db := open(t)
	if _, err := db.pool.Exec(t.Context(), `CREATE TABLE counters (id BIGINT PRIMARY KEY, n BIGINT NOT NULL); INSERT INTO counters VALUES (1, 0), (2, 0)`); err != nil {
		t.Fatal(err)
	}
	// Each holds one row before either asks for the other's; only the first round meets.
	meet := make(chan struct{}, 2)
	var both, once sync.WaitGroup
	once.Add(2)
	var ran sync.Mutex
	runs := 0
	for _, order := range [][2]int64{{1, 2}, {2, 1}} {
		both.Go(func() {
			first := true
			err := db.inTx(t.Context(), func(tx *tx) error {
				ran.Lock()
				runs++
				ran.Unlock()
				if _, err := tx.exec(`UPDATE counters SET n = n + 1 WHERE id = $1`, order[0]); err != nil {
					return err
				}
				if first {
					first = false
					once.Done()
					once.Wait()
				}
				_, err := tx.exec(`UPDATE counters SET n = n + 1 WHERE id = $1`, order[1])
				return err
			})
			if err != nil {
				t.Error(err)
			}
			meet <- struct{}{}
		})
	}
	both.Wait()
	var sum int64
	if err := db.row(t.Context(), `SELECT SUM(n)::bigint FROM counters`, nil, &sum); err != nil || sum != 4 {
		t.Errorf("the counters hold %d together, %v", sum, err)
	}
	if runs < 3 {
		t.Errorf("%d runs: nothing was run again, the test shows nothing", runs)
	}
}

func TestWhatRestsOnRowsThatAreNotThereYetIsDecidedOnce(t *testing.T) {
	db := open(t)
	if _, err := db.pool.Exec(t.Context(), `CREATE TABLE takers (who BIGINT)`); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for who := range 6 {
		all.Go(func() {
			err := db.inSerialTx(t.Context(), func(tx *tx) error {
				var taken int
				if err := tx.row(`SELECT count(*) FROM takers`, nil, &taken); err != nil || taken > 0 {
					return err
				}
				_, err := tx.exec(`INSERT INTO takers VALUES ($1)`, int64(who))
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	var n int
	if err := db.row(t.Context(), `SELECT count(*) FROM takers`, nil, &n); err != nil || n != 1 {
		t.Errorf("%d took it, %v", n, err)
	}
}
