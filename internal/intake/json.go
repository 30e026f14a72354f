package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/motcua/motcua/internal/civil"
)

// civilDay reads an ISO day or one as Vietnamese papers write it.
type civilDay struct{ civil.Date }

// UnmarshalText reads 2026-03-12 or 12/03/2026.
func (d *civilDay) UnmarshalText(b []byte) (err error) {
	d.Date, err = parseDay(string(b))
	return err
}

func parseDay(s string) (civil.Date, error) {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "/") {
		return civil.ParseVN(s)
	}
	return civil.Parse(s)
}

// strictJSON refuses unknown names, so that a misspelt field is not lost in silence.
func strictJSON(raw []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return jsonFault(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("còn chữ thừa sau phần dữ liệu")
	}
	return nil
}

// jsonFault words what the JSON reader says without quoting the input: it may be personal.
func jsonFault(err error) error {
	var syntax *json.SyntaxError
	var typed *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("JSON sai cú pháp ở byte %d", syntax.Offset)
	case errors.As(err, &typed):
		return fmt.Errorf("trường %s có kiểu giá trị sai", typed.Field)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("JSON bị cắt giữa chừng")
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return fmt.Errorf("trường lạ %.40s", name)
	}
	return fmt.Errorf("có một giá trị không đọc được (ngày phải như 2026-03-12)")
}
