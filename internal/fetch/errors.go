package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
)

// Code names why an address could not be had; a closed list, stable for machines.
type Code string

// The codes.
const (
	BadAddress Code = "fetch.bad_address" // not http or https, or unreadable
	Private    Code = "fetch.private"     // inside a private network
	Robots     Code = "fetch.robots"      // robots.txt says no, or could not be had
	Redirects  Code = "fetch.redirects"   // too many, or leading nowhere
	Status     Code = "fetch.status"      // the server answered with a refusal
	TooLarge   Code = "fetch.too_large"   // above the limit of bytes
	TooSlow    Code = "fetch.too_slow"    // above the limit of time
	Network    Code = "fetch.network"     // no connection, or one that broke
)

// Error says why an address could not be had. Sentence is a Vietnamese clause without
// the address.
type Error struct {
	Code     Code
	HTTP     int // status, with Code Status
	Sentence string
	Err      error
}

func (e *Error) Error() string { return e.Sentence }

// Unwrap returns the technical cause, which may be nil.
func (e *Error) Unwrap() error { return e.Err }

func tooLarge(max int64) error {
	return &Error{Code: TooLarge, Sentence: fmt.Sprintf("nội dung lớn quá %d MB", max>>20)}
}

func statusError(status int) error {
	why := "máy chủ trả lời mã " + fmt.Sprint(status)
	switch {
	case status == http.StatusNotFound || status == http.StatusGone:
		why = "trang này không còn trên máy chủ"
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		why = "máy chủ không cho phép đọc trang này"
	case status == http.StatusTooManyRequests:
		why = "máy chủ đang yêu cầu chờ, hãy thử lại sau"
	case status >= 500:
		why = "máy chủ đang gặp lỗi, hãy thử lại sau"
	}
	return &Error{Code: Status, HTTP: status, Sentence: fmt.Sprintf("%s (%d)", why, status)}
}

// explain turns any error of the client into an *Error.
func explain(ctx context.Context, err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var slow net.Error
	var name *net.DNSError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return &Error{Code: Network, Sentence: "đã dừng tải", Err: err}
	case ctx.Err() != nil, errors.As(err, &slow) && slow.Timeout():
		return &Error{Code: TooSlow, Sentence: "máy chủ trả lời quá chậm", Err: err}
	case errors.As(err, &name):
		return &Error{Code: Network, Sentence: "không tìm thấy máy chủ " + name.Name, Err: err}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Code: Network, Sentence: "kết nối bị cắt giữa chừng", Err: err}
	}
	return &Error{Code: Network, Sentence: "không kết nối được với máy chủ", Err: err}
}
