package postgres

import (
	"crypto/tls"
	"net"
	"net/http/httptest"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// answering is a server of our own that speaks just enough to say no: over TLS with a
// certificate nobody vouches for, in plain words, or with an error.
func answering(t *testing.T, encrypted bool, says *pgproto3.ErrorResponse) (host, port string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	maker := httptest.NewUnstartedServer(nil)
	maker.StartTLS() // only for its certificate
	cert := maker.TLS.Certificates[0]
	maker.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go answer(conn, encrypted, cert, says)
		}
	}()
	host, port, err = net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return host, port
}

func answer(conn net.Conn, encrypted bool, cert tls.Certificate, says *pgproto3.ErrorResponse) {
	defer conn.Close()
	server := pgproto3.NewBackend(conn, conn)
	for {
		m, err := server.ReceiveStartupMessage()
		if err != nil {
			return
		}
		if _, asks := m.(*pgproto3.SSLRequest); asks {
			if !encrypted {
				_, _ = conn.Write([]byte{'N'})
				continue
			}
			_, _ = conn.Write([]byte{'S'})
			secure := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}})
			_ = secure.Handshake()
			conn, server = secure, pgproto3.NewBackend(secure, secure)
			continue
		}
		server.Send(says)
		_ = server.Flush()
		return
	}
}

func TestAServerThatSaysNoIsToldApartFromOneThatIsNotThere(t *testing.T) {
	no := func(code, message string) *pgproto3.ErrorResponse {
		return &pgproto3.ErrorResponse{Severity: "FATAL", Code: code, Message: message}
	}
	for _, c := range []struct {
		encrypted bool
		says      *pgproto3.ErrorResponse
		mode      string
		code      string
		words     []string
	}{
		{true, no(wrongPassword, "password authentication failed"), "verify-full", WrongCertificate, []string{"chứng thư", "sslrootcert", "đừng hạ sslmode"}},
		{false, no(wrongPassword, "password authentication failed"), "verify-full", NoEncryption, []string{"mã hóa"}},
		{false, no(wrongPassword, "password authentication failed"), "disable", WrongPassword, []string{"vai trò u", "mật khẩu"}},
		{false, no(wrongAuthorization, "no pg_hba.conf entry for host, no encryption"), "disable", NoEncryption, []string{"sslmode=verify-full"}},
		{false, no(unknownDatabase, `database "x" does not exist`), "disable", WrongDatabase, []string{"createdb"}},
		{false, no(tooManyConnections, "sorry, too many clients already"), "disable", TooMany, []string{"max_connections"}},
		{false, no(insufficient, "permission denied for schema public"), "disable", NotAllowed, []string{"quyền"}},
		{false, no("57P03", "the database system is starting up"), "disable", Failed, []string{"starting up"}},
	} {
		host, port := answering(t, c.encrypted, c.says)
		dsn := "postgres://u:bi-mat-1@" + net.JoinHostPort(host, port) + "/x?connect_timeout=30&sslmode=" + c.mode
		assertRefused(t, dsn, Options{}, c.code, c.words...)
	}
}
