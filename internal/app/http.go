package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/motcua/motcua/channels/portal"
	"github.com/motcua/motcua/channels/portal/desk"
	"github.com/motcua/motcua/channels/portal/law"
	"github.com/motcua/motcua/channels/portal/mine"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/internal/telemetry"
)

// Limits of the HTTP server: slow clients are cut, headers are bounded.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 32 << 10
	stopWithin        = 10 * time.Second
)

// Serve listens until ctx ends, then lets running requests finish. listening is told the
// address once it is open.
func (a *App) Serve(ctx context.Context, listening func(addr string)) error {
	handler, err := a.Handler()
	if err != nil {
		return err
	}
	stopNotices, err := a.notifying(ctx)
	if err != nil {
		return err
	}
	defer stopNotices()
	defer a.holding(ctx)()
	defer a.chatting(ctx)()
	stopOperations, err := a.operations(ctx)
	if err != nil {
		return err
	}
	defer stopOperations()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.cfg.Listen)
	if err != nil {
		return fmt.Errorf("app: listen: %w", err)
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeaderBytes, WriteTimeout: time.Duration(a.cfg.RequestTimeout) + readTimeout,
	}
	go a.sweeping(ctx)
	defer a.search.keepingUp(ctx)()
	defer a.meaning.keepingUp(ctx)()
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer cancel()
		stopped <- server.Shutdown(end)
	}()
	listening(listener.Addr().String())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("app: serve: %w", err)
	}
	return <-stopped
}

// Handler is everything served over HTTP.
func (a *App) Handler() (http.Handler, error) {
	if err := a.openLife(); err != nil {
		return nil, err
	}
	if err := a.openSite(); err != nil {
		return nil, err
	}
	if err := a.makeSamples(context.Background()); err != nil {
		return nil, err
	}
	if err := a.openChats(); err != nil {
		return nil, err
	}
	areas, know, err := a.areas()
	if err != nil {
		return nil, err
	}
	p := &portal.Portal{
		Site: a.site, Areas: areas, Know: know, Library: public{a.shelf}, Letters: a.store.Letters(), Catalogue: publicCatalogue{a.store.Catalogue()}, Base: a.cfg.BaseURL(),
		Answerer: a.assistant, Now: a.now, Log: a.log, MaxBody: a.cfg.MaxBody, Timeout: time.Duration(a.cfg.RequestTimeout),
		PerMinute: a.cfg.RatePerMinute, Ready: a.ready, Routed: telemetry.Routed, Desk: a, Officials: a.officials(), Law: a.law(),
	}
	pages, err := p.Handler()
	if err != nil {
		return nil, err
	}
	all, err := a.withIntake(a.withChats(pages))
	if err != nil {
		return nil, err
	}
	proxies, err := a.cfg.Proxies()
	if err != nil {
		return nil, err
	}
	return behindProxies(proxies, telemetry.Requests(a.observe.meter, a.observe.traces, withRetryAfter(all))), nil
}

// menu is the main menu of the portal. An area has one line here and one in areas.
var menu = []page.Link{
	{Path: "/", Icon: "ask", VI: "Hỏi", EN: "Ask"},
	{Path: portal.ProceduresPath, Icon: "list", VI: "Thủ tục", EN: "Procedures"},
	{Path: law.Path, Icon: "law", VI: "Văn bản", EN: "Law"},
	{Path: mine.Section, Icon: "family", VI: "Việc của tôi", EN: "My events", For: page.Citizen},
	{Path: desk.Path, Icon: "desk", VI: "Bàn làm việc", EN: "Desk", For: page.Staff},
}

// areas are the parts of the portal beside asking and procedures, and what tells who is
// looking.
func (a *App) areas() (all []page.Area, know func(http.Handler) http.Handler, err error) {
	door, all, err := a.door()
	if err != nil {
		return nil, nil, err
	}
	if door != nil {
		know = door.Know
	}
	all = append(all, a.lawPages(a.site), a.minePages(a.site), a.deskPages(a.site))
	if phones := a.samplePhones(); phones != nil {
		all = append(all, phones)
	}
	return all, know, nil
}

// withIntake adds the way in for systems that send events; without keys there is none. It
// stands beside the portal's limits: its bodies are larger, and each is signed.
func (a *App) withIntake(pages http.Handler) (http.Handler, error) {
	senders, err := a.intakeSenders()
	if err != nil || len(senders) == 0 {
		return pages, err
	}
	mux := http.NewServeMux()
	mux.Handle("/api/v1/events", intake.NewHandler(a.life.Desk, senders, a.now, a.log))
	mux.Handle("/", pages)
	return mux, nil
}

// ready reports whether the store answers and the index is open.
func (a *App) ready(ctx context.Context) error {
	if _, err := a.store.Generation(ctx); err != nil {
		return err
	}
	return a.search.ready()
}
