package zalo

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// Vault keeps sealed secrets that change, and says who may do what one process alone may do.
type Vault interface {
	// Load reads a secret; version 0 where none is kept.
	Load(ctx context.Context, name string) (sealed []byte, version int64, err error)
	// Swap replaces it if it still has the version given (0: none). It is on the disk itself
	// when Swap returns true.
	Swap(ctx context.Context, name string, version int64, sealed []byte, now time.Time) (done bool, err error)
	// Drop forgets it.
	Drop(ctx context.Context, name string) error
	// Lease takes, or keeps, a right until it runs out; held is false while another has it.
	Lease(ctx context.Context, name, holder string, now time.Time, length time.Duration) (held bool, err error)
	// Free gives it back.
	Free(ctx context.Context, name, holder string) error
}

// Sealer encrypts for a record, and opens for it alone. Implemented by internal/secret.
type Sealer interface {
	Seal(record string, plain []byte) ([]byte, error)
	Open(record string, sealed []byte) ([]byte, error)
}

// Names in the vault.
const (
	pairName      = "tokens"
	attemptName   = "authorise"
	refreshRight  = "refresh"
	recordOfVault = "zalo/"
)

// Record names what a secret of the vault is sealed for.
func Record(name string) string { return recordOfVault + name }

// safe opens and closes what stands in the vault.
type safe struct {
	vault  Vault
	sealer Sealer
}

func (s safe) load(ctx context.Context, name string, into any) (version int64, err error) {
	sealed, version, err := s.vault.Load(ctx, name)
	if err != nil || version == 0 {
		return version, err
	}
	plain, err := s.sealer.Open(Record(name), sealed)
	if err != nil {
		return version, err
	}
	if json.Unmarshal(plain, into) != nil { // its error may quote what it read
		return version, errors.New("zalo: bản ghi bí mật không đọc được")
	}
	return version, nil
}

func (s safe) swap(ctx context.Context, name string, version int64, value any, now time.Time) (bool, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return false, err
	}
	sealed, err := s.sealer.Seal(Record(name), plain)
	if err != nil {
		return false, err
	}
	return s.vault.Swap(ctx, name, version, sealed, now)
}
