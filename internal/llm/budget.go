package llm

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrBudget is returned without asking once the hour's requests are used up.
var ErrBudget = errors.New("llm: đã hết hạn mức gọi mô hình của giờ này")

// Budget bounds requests to a model server per hour, of all callers and of each. Hours
// begin on the hour.
type Budget struct {
	PerHour   int // 0 is no bound
	PerCaller int // 0 is no bound
	Now       func() time.Time

	mu     sync.Mutex
	hour   time.Time
	spent  int
	caller map[string]int
}

// take spends one request of a caller, or says that there is none left.
func (b *Budget) take(caller string) error {
	if b == nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if hour := b.Now().Truncate(time.Hour); !hour.Equal(b.hour) {
		b.hour, b.spent, b.caller = hour, 0, map[string]int{}
	}
	if b.PerHour > 0 && b.spent >= b.PerHour || b.PerCaller > 0 && b.caller[caller] >= b.PerCaller {
		return fmt.Errorf("%w (%s)", ErrBudget, caller)
	}
	b.spent++
	b.caller[caller]++
	return nil
}
