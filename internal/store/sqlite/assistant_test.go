package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
)

func conversationsOf(t *testing.T) storetest.Conversations {
	db := open(t)
	return storetest.Conversations{Transcript: db.Transcript(), Feedbacks: db.Feedbacks(), Queue: db.Queue(), Gaps: db.Gaps()}
}

func TestTranscript(t *testing.T) { storetest.Transcript(t, conversationsOf) }

func TestFeedback(t *testing.T) { storetest.Feedback(t, conversationsOf) }

func TestGaps(t *testing.T) { storetest.Gaps(t, conversationsOf) }

func TestStatements(t *testing.T) {
	storetest.Statements(t, func(t *testing.T) assistant.Statements { return open(t).Statements() })
}

func TestShortMemory(t *testing.T) {
	storetest.Memory(t, func(*testing.T) assistant.Memory { return assistant.NewShortMemory(time.Hour, 3) })
}

// raw opens the file beside the store, as someone with another program would.
func raw(t *testing.T, db *sqlite.DB) *sql.DB {
	t.Helper()
	other, err := sql.Open("sqlite", "file:"+(&url.URL{Path: db.Path()}).EscapedPath())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	return other
}

func TestTheLogOfTheQueueIsOnlyAddedTo(t *testing.T) {
	db := open(t)
	storetest.QueueLog(t, storetest.Conversations{Transcript: db.Transcript(), Feedbacks: db.Feedbacks()}, func(ctx context.Context, statement string) error {
		_, err := raw(t, db).ExecContext(ctx, statement)
		return err
	})
}

func TestWhatIsDeletedIsNotLeftInTheFile(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	const token, words = "ma-hoi-thoai-bi-mat", "câu hỏi riêng tư đặc biệt"
	for i := range 50 {
		turn := assistant.PastTurn{Answer: "a" + string(rune('0'+i)), Conversation: token, At: time.UnixMilli(1), Channel: "portal", Question: words, Status: assistant.Answered}
		if err := db.Transcript().Append(ctx, turn); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Transcript().Keep(ctx, token, assistant.State{Topic: words}, time.UnixMilli(1)); err != nil {
		t.Fatal(err)
	}
	if !inFile(t, db, words) {
		t.Fatal("the words are not in the file at all; this test shows nothing")
	}
	if inFile(t, db, token) {
		t.Error("the token of the conversation stands in the file")
	}
	if err := db.Transcript().Forget(ctx, token); err != nil {
		t.Fatal(err)
	}
	if inFile(t, db, words) {
		t.Error("deleted words still stand in the file")
	}
}

// inFile folds the write-ahead log into the file and looks for the words.
func inFile(t *testing.T, db *sqlite.DB, words string) bool {
	t.Helper()
	if _, err := raw(t, db).ExecContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(data, []byte(words))
}

func TestOldWordingsAreFoundBesideTheNew(t *testing.T) {
	db := open(t)
	got, err := db.Wordings().Wordings(t.Context(), "60/2014/QH13")
	if err != nil || len(got) != 0 {
		t.Errorf("an empty store gives %v, %v", got, err)
	}
}

func BenchmarkKeepingATurn(b *testing.B) {
	db, err := sqlite.Open(b.Context(), b.TempDir()+"/b.db")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	tr := db.Transcript()
	i := 0
	for b.Loop() {
		i++
		turn := assistant.PastTurn{Answer: time.Unix(int64(i), 0).String(), Conversation: "c", At: time.Unix(int64(i), 0), Channel: "portal", Question: "lệ phí bao nhiêu", Status: assistant.Answered}
		if err := tr.Append(b.Context(), turn); err != nil {
			b.Fatal(err)
		}
	}
}
