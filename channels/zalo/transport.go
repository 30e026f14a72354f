package zalo

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// maxAnswer bounds what is read of an answer, in bytes.
const maxAnswer = 1 << 20

// reply is what came back.
type reply struct {
	status int
	after  time.Duration // what Retry-After asked for; zero where it did not
	body   []byte
}

// roundTrip makes a request and reads the answer. What keeps it from getting through is
// told without the address and headers of the request; Doubt is set unless the request is
// known not to have left.
func roundTrip(client *http.Client, req *http.Request) (reply, error) {
	res, err := client.Do(req)
	if err != nil {
		return reply{}, unreached(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return reply{}, fault(ClassTemporary, true, "câu trả lời bị cắt giữa chừng")
	}
	r := reply{status: res.StatusCode, body: body}
	if n, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && n > 0 && n <= 24*3600 {
		r.after = time.Duration(n) * time.Second
	}
	return r, nil
}

func unreached(err error) *Fault {
	var op *net.OpError
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns), errors.As(err, &op) && op.Op == "dial":
		return fault(ClassTemporary, false, "không nối được tới máy chủ").ofServer()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return fault(ClassTemporary, true, "hết giờ chờ")
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return fault(ClassTemporary, true, "hết giờ chờ")
	}
	return fault(ClassTemporary, true, "mất kết nối giữa chừng")
}
