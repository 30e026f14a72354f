package sqlite_test

import (
	"testing"

	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/internal/store/storetest"
)

func TestMeasures(t *testing.T) {
	storetest.Measures(t, func(t *testing.T) measure.Store { return open(t).Measures() })
}
