package postgres

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/motcua/motcua/corpus/ingest"
)

// What can keep a server from being used.
const (
	WrongSettings    = "settings"     // the address cannot be read as one
	Unreachable      = "unreachable"  // nothing answers there
	WrongCertificate = "certificate"  // it answers, but its certificate does not prove who it is
	NoEncryption     = "encryption"   // it does not speak TLS, or wants it
	WrongPassword    = "password"     // role or password are refused
	WrongDatabase    = "database"     // there is no such database
	NotAllowed       = "permission"   // the role may not do what is needed
	TooMany          = "connections"  // the server has no connection left
	SchemaOlder      = "schema_older" // steps are missing and this role may not or shall not take them
	SchemaNewer      = "schema_newer" // a newer program has been here
	Failed           = "failed"       // anything else
)

// Codes of PostgreSQL, https://www.postgresql.org/docs/15/errcodes-appendix.html.
const (
	undefinedTable       = "42P01"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	uniqueViolation      = "23505"
	diskFull             = "53100"
	tooManyConnections   = "53300"
	wrongPassword        = "28P01"
	wrongAuthorization   = "28000"
	unknownDatabase      = "3D000"
	insufficient         = "42501"
)

// OpenError says in words what keeps a server from being used. It never holds a password.
type OpenError struct {
	Code string // one of the constants above
	Says string // for people
	Err  error  // nil where the words say all
}

func (e *OpenError) Error() string {
	if e.Err == nil {
		return e.Says
	}
	return e.Says + ": " + e.Err.Error()
}

func (e *OpenError) Unwrap() error { return e.Err }

// explainSettings leaves the driver's words out: they repeat the address, and with it what
// may be a password it could not tell apart.
func explainSettings(err error) error {
	var e *pgconn.ParseConfigError
	if errors.As(err, &e) {
		return &OpenError{Code: WrongSettings, Says: "địa chỉ PostgreSQL không đọc được; hãy viết dạng postgres://vai_trò@máy_chủ:5432/cơ_sở_dữ_liệu"}
	}
	return &OpenError{Code: WrongSettings, Says: "địa chỉ PostgreSQL không dùng được"}
}

// explain says what keeps a store from opening. The words name host, role and database.
func explain(cfg *pgx.ConnConfig, err error) error {
	var known *OpenError
	if err == nil || errors.As(err, &known) {
		return err
	}
	where := net.JoinHostPort(cfg.Host, fmt.Sprint(cfg.Port))
	if strings.HasPrefix(cfg.Host, "/") {
		where = cfg.Host // a socket in this folder
	}
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return explainAnswer(cfg, e)
	}
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var expired x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unknown), errors.As(err, &name), errors.As(err, &expired), errors.As(err, &verify):
		return &OpenError{Code: WrongCertificate, Says: "chứng thư của máy chủ PostgreSQL " + where +
			" không chứng minh được đó là máy chủ cần gặp; hãy kiểm tra sslrootcert và tên máy chủ, đừng hạ sslmode", Err: shorter(err)}
	case strings.Contains(err.Error(), "server refused TLS connection"):
		return &OpenError{Code: NoEncryption, Says: "máy chủ PostgreSQL " + where + " không mở kênh mã hóa; hãy bật ssl trên máy chủ, hoặc đặt sslmode=disable nếu kết nối không ra khỏi máy này"}
	case errors.Is(err, context.Canceled):
		return err
	}
	var dial net.Error
	var address *net.AddrError
	if errors.As(err, &dial) || errors.As(err, &address) || errors.Is(err, os.ErrNotExist) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, io.ErrUnexpectedEOF) {
		return &OpenError{Code: Unreachable, Says: "không kết nối được tới máy chủ PostgreSQL " + where +
			"; hãy kiểm tra địa chỉ, cổng, tường lửa và xem máy chủ có đang chạy không", Err: shorter(err)}
	}
	return &OpenError{Code: Failed, Says: "mở kho dữ liệu PostgreSQL " + where, Err: full(err)}
}

// explainAnswer: the server answered, and said no.
func explainAnswer(cfg *pgx.ConnConfig, e *pgconn.PgError) error {
	switch e.Code {
	case wrongPassword, wrongAuthorization:
		if strings.Contains(e.Message, "no encryption") {
			return &OpenError{Code: NoEncryption, Says: "máy chủ PostgreSQL chỉ nhận kết nối mã hóa; hãy đặt sslmode=verify-full", Err: e}
		}
		return &OpenError{Code: WrongPassword, Says: "máy chủ PostgreSQL không nhận vai trò " + cfg.User +
			" với mật khẩu này; hãy kiểm tra tên vai trò, mật khẩu (MOTCUA_POSTGRES, PGPASSWORD, PGPASSFILE) và pg_hba.conf", Err: e}
	case unknownDatabase:
		return &OpenError{Code: WrongDatabase, Says: "máy chủ PostgreSQL không có cơ sở dữ liệu " + cfg.Database +
			"; hãy tạo bằng: createdb --encoding=UTF8 " + cfg.Database, Err: e}
	case insufficient:
		return &OpenError{Code: NotAllowed, Says: "vai trò " + cfg.User + " không có quyền cần thiết trên cơ sở dữ liệu " + cfg.Database +
			"; hãy cấp quyền tạo bảng trong lược đồ, hoặc chuẩn bị lược đồ bằng vai trò khác", Err: e}
	case tooManyConnections:
		return &OpenError{Code: TooMany, Says: "máy chủ PostgreSQL đã hết chỗ kết nối; hãy tăng max_connections hoặc giảm số kết nối của mỗi bản chạy", Err: e}
	}
	return &OpenError{Code: Failed, Says: "máy chủ PostgreSQL báo lỗi", Err: full(e)}
}

// shorter is the innermost error: what wraps it repeats the address once for each try.
func shorter(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// fullError is ingest.ErrFull in words for people.
type fullError struct{ err error }

func (e fullError) Error() string {
	return "đĩa của máy chủ PostgreSQL đã đầy, không ghi thêm được; những gì đã ghi còn nguyên, hãy giải phóng chỗ rồi chạy lại"
}

func (e fullError) Unwrap() []error { return []error{ingest.ErrFull, e.err} }

// full turns PostgreSQL's "disk full" into ingest.ErrFull.
func full(err error) error {
	var known fullError
	if err == nil || errors.As(err, &known) {
		return err
	}
	if is(err, diskFull) {
		return fullError{err}
	}
	return err
}

// is reports whether the server answered with one of these codes.
func is(err error, codes ...string) bool {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return false
	}
	for _, c := range codes {
		if e.Code == c {
			return true
		}
	}
	return false
}
