package portal

import (
	"net/http"
	"strings"
)

// machines answers in JSON, as clients of the API read it, where no door is at an address or
// not for the method; people get the pages of the site.
func machines(mux *http.ServeMux, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		api, chat := strings.HasPrefix(r.URL.Path, "/api/"), strings.HasPrefix(r.URL.Path, "/v1/")
		if !api && !chat || isDoor(mux, r, r.Method) {
			next.ServeHTTP(w, r)
			return
		}
		say := func(status int, code, message string) {
			if chat {
				chatFail(w, status, "invalid_request_error", message)
				return
			}
			fail(w, status, code, message)
		}
		var allowed []string
		for _, method := range []string{http.MethodDelete, http.MethodGet, http.MethodPost} {
			if isDoor(mux, r, method) {
				allowed = append(allowed, method)
			}
		}
		if len(allowed) == 0 {
			say(http.StatusNotFound, "not_found", "Không có địa chỉ này; xem /api/v1/openapi.json.")
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		say(http.StatusMethodNotAllowed, "method_not_allowed", "Địa chỉ này chỉ nhận "+strings.Join(allowed, ", ")+".")
	})
}

// isDoor reports whether the address is served for the method, other than by the page for
// addresses that are none.
func isDoor(mux *http.ServeMux, r *http.Request, method string) bool {
	probe := *r
	probe.Method = method
	_, pattern := mux.Handler(&probe)
	return pattern != "" && pattern != "GET /"
}
