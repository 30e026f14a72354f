package zalo

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
)

// maxAnswer bounds what is read of an answer, in bytes.
const maxAnswer = 1 << 20

// roundTrip makes a request and reads the answer. What keeps it from getting through is
// told without the address and headers of the request; Doubt is set unless the request is
// known not to have left.
func roundTrip(client *http.Client, req *http.Request) (status int, body []byte, err error) {
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, unreached(err)
	}
	defer res.Body.Close()
	body, err = io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return 0, nil, fault(ClassTemporary, true, "câu trả lời bị cắt giữa chừng")
	}
	return res.StatusCode, body, nil
}

func unreached(err error) *Fault {
	var op *net.OpError
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns), errors.As(err, &op) && op.Op == "dial":
		return fault(ClassTemporary, false, "không nối được tới máy chủ")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return fault(ClassTemporary, true, "hết giờ chờ")
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return fault(ClassTemporary, true, "hết giờ chờ")
	}
	return fault(ClassTemporary, true, "mất kết nối giữa chừng")
}
