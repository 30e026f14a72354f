package postgres

import (
	"context"
	"testing"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/store/storetest"
)

func corpusOf(t *testing.T) storetest.Corpus {
	db := open(t)
	return storetest.Corpus{
		Repository: db.Repository(), Library: db.Library(), Units: db.Units, Changes: db.Changes,
		Chunks: db.Chunks, Generation: db.Generation,
	}
}

func TestRepository(t *testing.T) { storetest.Repository(t, corpusOf) }

func TestLibrary(t *testing.T) { storetest.Library(t, corpusOf) }

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

func TestAudit(t *testing.T) {
	storetest.Audit(t, func(t *testing.T) storetest.Record {
		db := open(t)
		return storetest.Record{Book: db.Audit(storetest.AuditKey), Tamper: func(ctx context.Context, statements ...string) error {
			for _, s := range statements {
				if _, err := db.pool.Exec(ctx, s); err != nil {
					return err
				}
			}
			return nil
		}, Free: []string{`ALTER TABLE audit DISABLE TRIGGER USER`}}
	})
}

func TestTheLogOfTheQueueIsOnlyAddedTo(t *testing.T) {
	db := open(t)
	storetest.QueueLog(t, storetest.Conversations{Transcript: db.Transcript(), Feedbacks: db.Feedbacks()}, func(ctx context.Context, statement string) error {
		_, err := db.pool.Exec(ctx, statement)
		return err
	})
}

func TestSessions(t *testing.T) {
	storetest.Sessions(t, func(t *testing.T) storetest.SessionBook { return open(t).Sessions(storetest.Plain{}) })
}

func TestTogether(t *testing.T) {
	storetest.Together(t, func(t *testing.T) storetest.Joining {
		db := open(t)
		return storetest.Joining{Together: db.Together, Transcript: db.Transcript(), Feedbacks: db.Feedbacks()}
	})
}
