package page

import (
	"errors"
	"net/http"
)

// problemPage is what layout/problem.html shows.
type problemPage struct {
	Status int
	VI, EN string
}

// Problem shows a page that says what is wrong, in one sentence for people.
func (s *Site) Problem(w http.ResponseWriter, r *http.Request, status int, vi, en string) {
	title := [2]string{"Chưa làm được", "That did not work"}
	switch status {
	case http.StatusNotFound, http.StatusGone:
		title = [2]string{"Không tìm thấy", "Not found"}
	case http.StatusForbidden:
		title = [2]string{"Không có quyền", "Not allowed"}
	case http.StatusInternalServerError, http.StatusServiceUnavailable:
		title = [2]string{"Hệ thống đang gặp sự cố", "Something broke on our side"}
	}
	s.base.Show(w, r, status, "problem.html", Page{VI: title[0], EN: title[1], Data: problemPage{status, vi, en}})
}

// NotFound is the page for an address or an id that names nothing.
func (s *Site) NotFound(w http.ResponseWriter, r *http.Request) {
	s.Problem(w, r, http.StatusNotFound, "Trang này không có, hoặc đã được dời đi.", "This page does not exist or has moved.")
}

// Broken answers for a fault of ours: the log is told what, the person that.
func (s *Site) Broken(w http.ResponseWriter, r *http.Request, what string, err error) {
	s.Log.ErrorContext(r.Context(), "page: "+what+" failed", "error", err)
	s.Problem(w, r, http.StatusServiceUnavailable, "Chúng tôi đã ghi nhận. Hãy thử lại sau ít phút.", "It has been noted. Please try again in a few minutes.")
}

// unread answers for a form that could not be read.
func (s *Site) unread(w http.ResponseWriter, r *http.Request, err error) {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		s.Problem(w, r, http.StatusRequestEntityTooLarge, "Nội dung gửi lên quá lớn. Hãy gửi ngắn hơn hoặc tệp nhỏ hơn.", "What you sent is too large. Please send less text or a smaller file.")
		return
	}
	s.Problem(w, r, http.StatusBadRequest, "Không đọc được nội dung gửi lên.", "What you sent could not be read.")
}
