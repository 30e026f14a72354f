package telemetry

// Definition is one metric. docs/operations.md lists them all; a test holds page and list
// together.
type Definition struct {
	Name   string
	Kind   Kind
	Help   string // one sentence, as scrapers show it
	Labels []Label
	// Shared: every replica tells the same, as it is read from the store: take the largest,
	// not the sum.
	Shared bool
}

// Kind is how a metric is read.
type Kind string

// The kinds.
const (
	Counter   Kind = "counter"
	Gauge     Kind = "gauge"
	Histogram Kind = "histogram"
)

// Label has a closed list of values, or says what bounds them. A value outside the list is
// counted as "other".
type Label struct {
	Name   string
	Values []string
	Bound  string // what bounds the values where they are not listed here
}

// Other stands for every value that is not on a label's list.
const Other = "other"

var (
	channel = Label{Name: "channel", Values: []string{"portal", "api", "cli", "telegram", "zalo", "log"}}
	method  = Label{Name: "method", Values: []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}}
	route   = Label{Name: "route", Bound: "patterns that the program registers, never the path that was asked for"}
	status  = Label{Name: "status", Bound: "status codes that the program answers with"}
	step    = Label{Name: "step", Bound: "names of answer steps, written in the program"}
	outcome = Label{Name: "outcome", Bound: "closed list in `assistant/status.go`"}
	notice  = Label{Name: "state", Values: []string{"pending", "sending", "sent", "delivered", "withheld", "failed", "unknown"}}
	waiting = Label{Name: "state", Values: []string{"pending", "sending", "unknown"}}
	reason  = Label{Name: "reason", Bound: "closed list in `lifeevents/delivery/reason.go`"}
	message = Label{Name: "state", Values: []string{"waiting", "handling"}}
	reply   = Label{Name: "result", Values: []string{"taken", "refused", "ambiguous"}}
	model   = Label{Name: "kind", Values: []string{"chat", "embed", "rerank"}}
	server  = Label{Name: "kind", Values: []string{"chat", "embed", "rerank", "qdrant"}}
	result  = Label{Name: "result", Values: []string{"ok", "busy", "refused", "unreachable", "open", "budget", "cancelled", "failed"}}
	pool    = Label{Name: "pool", Values: []string{"read", "write", "all"}}
	inUse   = Label{Name: "state", Values: []string{"used", "idle"}}
	part    = Label{Name: "part", Values: []string{"store", "index", "scheduler"}}
	version = Label{Name: "version", Bound: "the version that runs: one value a process"}
)

// Defined is every metric of ours, by name.
func Defined() []Definition {
	return []Definition{
		{Name: "motcua_answer_seconds", Kind: Histogram, Help: "Time to make one answer.", Labels: []Label{channel}},
		{Name: "motcua_answer_step_seconds", Kind: Histogram, Help: "Time one step of an answer took.", Labels: []Label{step}},
		{Name: "motcua_answers_total", Kind: Counter, Help: "Answers given, by outcome.", Labels: []Label{channel, outcome}},
		{Name: "motcua_build_info", Kind: Gauge, Help: "Always 1; the label tells the version that runs.", Labels: []Label{version}},
		{Name: "motcua_corpus_generation", Kind: Gauge, Help: "Number of the last change of the corpus.", Shared: true},
		{Name: "motcua_database_connections", Kind: Gauge, Help: "Open connections to the database.", Labels: []Label{pool, inUse}},
		{Name: "motcua_database_connections_limit", Kind: Gauge, Help: "Most connections this process may open.", Labels: []Label{pool}},
		{Name: "motcua_database_wait_seconds_total", Kind: Counter, Help: "Time spent waiting for a free connection.", Labels: []Label{pool}},
		{Name: "motcua_http_in_flight", Kind: Gauge, Help: "Requests being answered now."},
		{Name: "motcua_http_request_seconds", Kind: Histogram, Help: "Time from a request's headers to the end of its response.", Labels: []Label{route}},
		{Name: "motcua_http_requests_total", Kind: Counter, Help: "Requests answered.", Labels: []Label{route, method, status}},
		{Name: "motcua_inbox_messages", Kind: Gauge, Help: "Chat messages that came in and are not handled yet.", Labels: []Label{channel, message}, Shared: true},
		{Name: "motcua_inbox_oldest_seconds", Kind: Gauge, Help: "Age of the oldest chat message that waits.", Labels: []Label{channel}, Shared: true},
		{Name: "motcua_index_generation", Kind: Gauge, Help: "Change of the corpus that the search index of this process has reached."},
		{Name: "motcua_index_units", Kind: Gauge, Help: "Units in the search index of this process."},
		{Name: "motcua_log_masked_total", Kind: Counter, Help: "Log lines in which something was masked: each is a fault to be mended where it is written."},
		{Name: "motcua_model_breaker_open", Kind: Gauge, Help: "1 while a server of models or vectors that kept failing is left alone.", Labels: []Label{server}},
		{Name: "motcua_model_requests_total", Kind: Counter, Help: "Requests to model servers, by how they ended.", Labels: []Label{model, result}},
		{Name: "motcua_model_seconds", Kind: Histogram, Help: "Time a request to a model server took.", Labels: []Label{model}},
		{Name: "motcua_outbox_attempts_total", Kind: Counter, Help: "Claims of notices that ended in this process, by state and reason.", Labels: []Label{channel, notice, reason}},
		{Name: "motcua_outbox_notices", Kind: Gauge, Help: "Notices that wait, are being sent, or of which nobody knows whether they arrived.", Labels: []Label{channel, waiting}, Shared: true},
		{Name: "motcua_outbox_oldest_seconds", Kind: Gauge, Help: "How long the oldest notice that may go has been waiting.", Labels: []Label{channel}, Shared: true},
		{Name: "motcua_outbox_send_seconds", Kind: Histogram, Help: "Time a channel took for one message.", Labels: []Label{channel}},
		{Name: "motcua_ready", Kind: Gauge, Help: "1 where a part is ready to serve.", Labels: []Label{part}},
		{Name: "motcua_replies_total", Kind: Counter, Help: "Parts of chat replies handed to a platform.", Labels: []Label{channel, reply}},
		{Name: "motcua_retrieval_seconds", Kind: Histogram, Help: "Time one search of the corpus took."},
		{Name: "motcua_scheduler_day_timestamp_seconds", Kind: Gauge, Help: "Start of the last day whose life events were worked through.", Shared: true},
		{Name: "motcua_scheduler_failures_total", Kind: Counter, Help: "Runs of the daily work that failed in this process."},
		{Name: "motcua_scheduler_last_run_timestamp_seconds", Kind: Gauge, Help: "End of the last run of the daily work in this process that succeeded; 0 for none."},
		{Name: "motcua_state_read_failures_total", Kind: Counter, Help: "Times the state of the store could not be read for these metrics."},
	}
}

// allowed returns the value, or Other where the label's list does not have it.
func (l Label) allowed(value string) string {
	if l.Values == nil {
		return value
	}
	for _, v := range l.Values {
		if v == value {
			return v
		}
	}
	return Other
}
