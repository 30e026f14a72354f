package sqlite_test

import (
	"testing"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/store/storetest"
)

func TestZalo(t *testing.T) {
	storetest.ZaloMemory(t, func(t *testing.T, n int) []storetest.ZaloLife {
		dir, out := memoryDir(t), []storetest.ZaloLife(nil)
		for range n {
			db := openIn(t, dir)
			out = append(out, storetest.ZaloLife{Zalo: db.Zalo(), Life: lifeIn(t, db)})
		}
		return out
	})
}

func TestLetters(t *testing.T) {
	storetest.Letters(t, func(t *testing.T) channels.Letters { return open(t).Letters() })
}
