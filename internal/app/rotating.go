package app

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store"
)

// KeyState is one sealing key as `motcua keys` shows it.
type KeyState struct {
	Number uint32 `json:"number"`
	Print  string `json:"fingerprint"`
	// State: seals, opens, new (no one seals with it yet), retired, or missing (not in this file).
	State string `json:"state"`
	Since string `json:"since,omitempty"` // of the key that seals; of a retired one
	Under int    `json:"sealed"`          // values under it
}

// ReplicaKeys is what a running replica says of its keys.
type ReplicaKeys struct {
	Name string   `json:"name"`
	Has  []uint32 `json:"has"`
	Uses uint32   `json:"uses"`
}

// KeyReport is how keys stand.
type KeyReport struct {
	File     string        `json:"file"`
	Keys     []KeyState    `json:"keys"`
	Replicas []ReplicaKeys `json:"replicas"`
}

// Keyring opens the keys for a command.
func (a *App) Keyring(ctx context.Context) (*Keyring, error) { return a.openKeyring(ctx) }

// Report lists keys, what is sealed under each, and who runs.
func (r *Keyring) Report(ctx context.Context) (KeyReport, error) {
	out := KeyReport{File: r.Keys.Path()}
	prints, err := r.store.Settings(ctx, sealingPrint)
	if err != nil {
		return out, err
	}
	gone, err := r.store.Settings(ctx, sealingGone)
	if err != nil {
		return out, err
	}
	use, since, err := r.inUse(ctx)
	if err != nil {
		return out, err
	}
	under, err := r.under(ctx)
	if err != nil {
		return out, err
	}
	for text, print := range prints {
		id, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			return out, fmt.Errorf("kho ghi một khóa số %q", text)
		}
		k := KeyState{Number: uint32(id), Print: print, State: "opens", Under: under[uint32(id)]}
		at, retired := gone[text]
		switch {
		case k.Number == use:
			k.State, k.Since = "seals", since.UTC().Format(time.RFC3339)
		case retired:
			k.State, k.Since = "retired", at
		case !slices.Contains(r.Keys.Numbers(), k.Number):
			k.State = "missing"
		case k.Number > use:
			k.State = "new"
		}
		out.Keys = append(out.Keys, k)
	}
	slices.SortFunc(out.Keys, func(a, b KeyState) int { return int(a.Number) - int(b.Number) })
	all, err := r.holders(ctx)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		out.Replicas = append(out.Replicas, ReplicaKeys{all[name].Host + "/" + name, all[name].Has, all[name].Uses})
	}
	return out, err
}

// under counts every sealed value by the number of its key.
func (r *Keyring) under(ctx context.Context) (map[uint32]int, error) {
	out := map[uint32]int{}
	for _, f := range store.SealedFields {
		n, err := r.store.SealedUnder(ctx, f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		for number, values := range n {
			out[number] += values
		}
	}
	if n, ok, err := r.codesUnder(ctx); err != nil {
		return nil, err
	} else if ok {
		out[n]++
	}
	return out, nil
}

func (r *Keyring) codesUnder(ctx context.Context) (n uint32, ok bool, err error) {
	kept, err := r.store.Settings(ctx, codesKey)
	if err != nil || kept[""] == "" {
		return 0, false, err
	}
	sealed, err := base64.StdEncoding.DecodeString(kept[""])
	if err != nil {
		return 0, false, secret.ErrSealed
	}
	n, ok = secret.KeyOf(sealed)
	return n, ok, nil
}

// Rotate lets a new key seal from now on: one that is in the file and not used yet, else one
// that it draws. Every running replica must have it first; Rotate waits for them a while.
func (r *Keyring) Rotate(ctx context.Context, wait time.Duration) (n uint32, err error) {
	use, _, err := r.inUse(ctx)
	if err != nil {
		return 0, err
	}
	if n = slices.Max(r.Keys.Numbers()); n <= use {
		if n, err = r.draw(ctx); err != nil {
			return 0, err
		}
	}
	if err := r.tell(ctx); err != nil {
		return 0, err
	}
	for end := time.Now().Add(wait); ; {
		all, err := r.holders(ctx)
		if err != nil {
			return 0, err
		}
		without := lacking(all, func(h holder) bool { return slices.Contains(h.Has, n) })
		if len(without) == 0 {
			break
		}
		if time.Now().After(end) {
			return 0, fmt.Errorf("khóa số %d đã có trong %s, chưa dùng: %d bản chạy chưa có nó (%s); chép tệp ấy sang các bản đó, không cần khởi động lại, rồi chạy lại motcua keys rotate",
				n, r.Keys.Path(), len(without), strings.Join(without, ", "))
		}
		if err := pause(ctx, keysLookEvery/2); err != nil {
			return 0, err
		}
	}
	if err := r.store.SetSetting(ctx, sealingUse, fmt.Sprintf("%d@%d", n, r.now().UnixMilli())); err != nil {
		return 0, err
	}
	return n, r.look(ctx)
}

// draw adds a key with a number that none has had, retired ones among them.
func (r *Keyring) draw(ctx context.Context) (uint32, error) {
	prints, err := r.store.Settings(ctx, sealingPrint)
	if err != nil {
		return 0, err
	}
	least := uint32(0)
	for text := range prints {
		if id, err := strconv.ParseUint(text, 10, 32); err == nil {
			least = max(least, uint32(id))
		}
	}
	return r.Keys.Add(least)
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Resealed is what a pass over everything sealed did.
type Resealed struct {
	Number   uint32 `json:"number"`   // of the key that seals
	Rewrote  int    `json:"resealed"` // values that were under another
	Verified int    `json:"verified"` // values opened afterwards, all of them under Number
}

// ResealStep tells how far a pass has come; Total may grow while others write.
type ResealStep struct {
	Verifying   bool
	Field       string
	Done, Total int
}

// sealedBatch is how many values are read, and written, at once.
const sealedBatch = 500

// Reseal puts everything that is sealed under the key that seals now, in small transactions
// beside whoever else reads and writes, then opens every value to prove it. What was done
// stays done: after a crash the next run goes on with the rest.
func (r *Keyring) Reseal(ctx context.Context, step func(ResealStep)) (out Resealed, err error) {
	if step == nil {
		step = func(ResealStep) {}
	}
	if err := r.look(ctx); err != nil {
		return out, err
	}
	out.Number = r.Keys.Using()
	for {
		left, err := r.otherwise(ctx)
		if err != nil {
			return out, err
		}
		var closed closedValues
		if left > 0 {
			n, err := r.pass(ctx, left, step, &closed)
			if out.Rewrote += n; err != nil {
				return out, err
			}
			left -= closed.n
		}
		all, err := r.holders(ctx)
		if err != nil {
			return out, err
		}
		behind := lacking(all, func(h holder) bool { return h.Uses == out.Number })
		if left <= 0 && len(behind) == 0 {
			if closed.n > 0 {
				return out, closed.err()
			}
			break
		}
		if err := pause(ctx, keysLookEvery/2); err != nil { // others may still seal with the old key for a moment
			return out, err
		}
	}
	out.Verified, err = r.verify(ctx, step)
	return out, err
}

// otherwise counts what is not under the key that seals.
func (r *Keyring) otherwise(ctx context.Context) (n int, err error) {
	under, err := r.under(ctx)
	for number, values := range under {
		if number != r.Keys.Using() {
			n += values
		}
	}
	return n, err
}

// closedValues are those that none of the keys opens: they are left as they are, and do not
// keep the others from being resealed.
type closedValues struct {
	n      int
	fields []string
}

func (c *closedValues) add(field string) {
	if c.n++; !slices.Contains(c.fields, field) {
		c.fields = append(c.fields, field)
	}
}

// err tells of them.
func (c *closedValues) err() error {
	return fmt.Errorf("%d giá trị trong %s không khóa nào của tệp mở được: tìm bản sao lưu khóa cũ hơn, hoặc bản sao lưu của kho; mọi giá trị khác đã xong", c.n, strings.Join(c.fields, ", "))
}

// pass goes once over what is under other keys.
func (r *Keyring) pass(ctx context.Context, total int, step func(ResealStep), closed *closedValues) (done int, err error) {
	if done, err = r.resealCodes(ctx); err != nil {
		return done, err
	}
	for _, f := range store.SealedFields {
		err := r.each(ctx, f, r.Keys.Using(), func(rows []store.SealedRow) error {
			for i, row := range rows {
				fresh, err := r.Box.Rewrap(row.Record, row.Sealed)
				if errors.Is(err, secret.ErrSealed) {
					closed.add(f.Name)
				} else if err != nil {
					return fmt.Errorf("%s: %w", f.Name, err)
				}
				rows[i].Fresh = fresh
			}
			rows = slices.DeleteFunc(rows, func(row store.SealedRow) bool { return row.Fresh == nil })
			n, err := r.store.SealedAgain(ctx, f, rows)
			done += n
			step(ResealStep{Field: f.Name, Done: done, Total: max(total, done)})
			return err
		})
		if err != nil {
			return done, err
		}
	}
	return done, nil
}

func (r *Keyring) resealCodes(ctx context.Context) (int, error) {
	n, ok, err := r.codesUnder(ctx)
	if err != nil || !ok || n == r.Keys.Using() {
		return 0, err
	}
	kept, err := r.store.Setting(ctx, codesKey)
	if err != nil {
		return 0, err
	}
	sealed, err := base64.StdEncoding.DecodeString(kept)
	if err != nil {
		return 0, secret.ErrSealed
	}
	fresh, err := r.Box.Rewrap(codesRecord, sealed)
	if err != nil || fresh == nil {
		return 0, err
	}
	return 1, r.store.SetSetting(ctx, codesKey, base64.StdEncoding.EncodeToString(fresh))
}

// each hands over the rows of a field that are not under a key, a batch at a time.
func (r *Keyring) each(ctx context.Context, f store.SealedField, but uint32, take func([]store.SealedRow) error) error {
	for after := f.Start; ; {
		rows, err := r.store.SealedNext(ctx, f, after, but, sealedBatch)
		if err != nil || len(rows) == 0 {
			return err
		}
		after = rows[len(rows)-1].Key
		if err := take(rows); err != nil {
			return err
		}
	}
}

// verify opens every value there is.
func (r *Keyring) verify(ctx context.Context, step func(ResealStep)) (n int, err error) {
	under, err := r.under(ctx)
	if err != nil {
		return 0, err
	}
	total := under[r.Keys.Using()]
	for _, f := range store.SealedFields {
		err := r.each(ctx, f, 0, func(rows []store.SealedRow) error {
			for _, row := range rows {
				if _, err := r.Box.Open(row.Record, row.Sealed); err != nil {
					return fmt.Errorf("%s: %w", f.Name, err)
				}
			}
			n += len(rows)
			step(ResealStep{Verifying: true, Field: f.Name, Done: n, Total: max(total, n)})
			return nil
		})
		if err != nil {
			return n, err
		}
	}
	if _, err := r.codes(ctx); err != nil {
		return n, err
	}
	return n + 1, nil
}

// retireAfter is how long a key is kept after another took its place: longer than anything
// sealed may be under way outside the store, such as a sign-in (ten minutes).
const retireAfter = 15 * time.Minute

// ErrKeyNeeded is returned for a key that something still needs.
var ErrKeyNeeded = errors.New("khóa còn cần dùng")

// Retire takes a key out of the file for good, once nothing and nobody needs it. Where the
// store says so already, it is only taken out of this file.
func (r *Keyring) Retire(ctx context.Context, n uint32) error {
	use, since, err := r.inUse(ctx)
	if err != nil {
		return err
	}
	if n >= use {
		return fmt.Errorf("%w: chỉ bỏ được khóa cũ hơn khóa đang ghi (số %d)", ErrKeyNeeded, use)
	}
	if !slices.Contains(r.Keys.Numbers(), n) {
		return fmt.Errorf("tệp %s không có khóa số %d", r.Keys.Path(), n)
	}
	if wait := since.Add(retireAfter).Sub(r.now()); wait > 0 {
		return fmt.Errorf("%w: vừa đổi khóa, những việc đang dở còn cần khóa cũ thêm %d phút", ErrKeyNeeded, int(wait/time.Minute)+1)
	}
	all, err := r.holders(ctx)
	if err != nil {
		return err
	}
	if behind := lacking(all, func(h holder) bool { return h.Uses == use }); len(behind) > 0 {
		return fmt.Errorf("%w: %s chưa chuyển sang khóa số %d", ErrKeyNeeded, strings.Join(behind, ", "), use)
	}
	for _, f := range store.SealedFields {
		under, err := r.store.SealedUnder(ctx, f)
		if err != nil {
			return err
		}
		if under[n] > 0 {
			return fmt.Errorf("%w: %d giá trị trong %s; chạy motcua keys reseal trước", ErrKeyNeeded, under[n], f.Name)
		}
	}
	if under, ok, err := r.codesUnder(ctx); err != nil || ok && under == n {
		return errors.Join(err, fmt.Errorf("%w: mã trong tin nhắn; chạy motcua keys reseal trước", ErrKeyNeeded))
	}
	if _, err := r.store.SettingOnce(ctx, sealingGone+number(n), r.now().UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	return r.Keys.Forget(n)
}

// AdoptKeys makes the key files of this folder the keys of the store, whatever it knew
// before: for the day the old ones are lost. What they sealed stays closed for ever.
func (a *App) AdoptKeys(ctx context.Context) error {
	r, err := a.looseKeyring()
	if err != nil {
		return err
	}
	all, err := r.holders(ctx)
	if err != nil {
		return err
	}
	if len(all) > 0 {
		return fmt.Errorf("còn %d bản đang chạy với khóa khác; dừng chúng trước, hoặc chép khóa từ đó", len(all))
	}
	for _, n := range r.Keys.Numbers() {
		if err := a.store.SetSetting(ctx, sealingPrint+number(n), r.Keys.Print(n)); err != nil {
			return err
		}
	}
	for _, f := range a.otherKeys() {
		print, err := f.print(a.keyPath(f.name))
		if err == nil {
			err = a.store.SetSetting(ctx, filePrint+f.name, print)
		}
		if err != nil {
			return err
		}
	}
	newest := slices.Max(r.Keys.Numbers())
	if err := a.store.SetSetting(ctx, sealingUse, fmt.Sprintf("%d@%d", newest, a.now().UnixMilli())); err != nil {
		return err
	}
	if err := r.look(ctx); err != nil {
		return err
	}
	made, err := r.Keys.Derive("codes")
	if err != nil {
		return err
	}
	sealed, err := r.Box.Seal(codesRecord, made)
	if err != nil {
		return err
	}
	return a.store.SetSetting(ctx, codesKey, base64.StdEncoding.EncodeToString(sealed))
}
