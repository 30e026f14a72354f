package config

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Setting is one line of `motcua config`.
type Setting struct {
	Name    string `json:"name"` // in the TOML file
	Env     string `json:"env"`
	Value   string `json:"value"`
	Default string `json:"default"`
	Meaning string `json:"meaning"` // unit and special values, in Vietnamese
}

// meanings tells each setting's unit and special values; a setting without a line here
// fails the test of this package.
var meanings = map[string]string{
	"data":                 "thư mục chứa mọi thứ",
	"store":                "sqlite: một tệp trong thư mục data; postgres: máy chủ PostgreSQL cho nhiều bản chạy",
	"postgres":             "địa chỉ máy chủ, ví dụ postgres://motcua@localhost:5432/motcua; cần khi store = postgres",
	"postgres_conns":       "số kết nối của một bản chạy, đến 1000; 0 là 4 cho mỗi bộ xử lý, ít nhất 8",
	"postgres_as_is":       "true: không đổi lược đồ, dành cho vai trò không được tạo bảng",
	"listen":               "máy:cổng; \":8080\" mở ra mạng ngoài",
	"lang":                 "vi hoặc en",
	"request_timeout":      "thời gian tối đa cho một câu trả lời; 0 là không giới hạn",
	"max_body":             "byte, từ 1024 đến 16777216",
	"rate_per_minute":      "số câu hỏi mỗi phút từ một địa chỉ; 0 là không giới hạn",
	"model_url":            "địa chỉ máy chủ mô hình, kết thúc bằng /v1; trống là không dùng mô hình",
	"model_name":           "tên mô hình trên máy chủ đó",
	"model_key":            "khóa của máy chủ; không bao giờ được in ra",
	"model_within":         "thời gian tối đa cho một lời giải thích",
	"model_stall":          "thời gian chờ tối đa giữa hai mẩu của lời giải thích",
	"embed_url":            "địa chỉ máy chủ nhúng (embeddings) tương thích OpenAI, kết thúc bằng /v1; trống là chỉ tìm theo chữ",
	"embed_name":           "tên mô hình nhúng trên máy chủ đó",
	"embed_query_name":     "tên mô hình cho câu hỏi, nếu máy chủ gọi khác; trống là như embed_name",
	"embed_key":            "khóa của máy chủ nhúng; không bao giờ được in ra",
	"embed_query_prefix":   "chữ đặt trước câu hỏi như khi mô hình được huấn luyện, ví dụ \"query: \"; trống là không đặt gì",
	"embed_passage_prefix": "chữ đặt trước đoạn văn, ví dụ \"passage: \"; đổi thì phải nhúng lại",
	"embed_within":         "thời gian tối đa để nhúng một câu hỏi; quá thì chỉ tìm theo chữ",
	"embed_batch":          "số đoạn trong một lần gọi, từ 1 đến 2048",
	"embed_at_once":        "số lần gọi song song, từ 1 đến 64",
	"embed_per_hour":       "số lần nhúng câu hỏi mỗi giờ; 0 là không giới hạn",
	"embed_weight":         "điểm cộng cho đoạn gần nghĩa nhất, so với điểm theo chữ; 0 là mức đã học từ các bộ đo",
	"rerank_url":           "địa chỉ máy chủ xếp lại (/v1/rerank), kết thúc bằng /v1; trống là không dùng",
	"rerank_name":          "tên mô hình xếp lại",
	"rerank_key":           "khóa của máy chủ xếp lại; không bao giờ được in ra",
	"rerank_within":        "thời gian tối đa cho một lần xếp lại; quá thì giữ nguyên thứ tự",
	"rerank_per_hour":      "số lần xếp lại mỗi giờ; 0 là không giới hạn",
	"qdrant_url":           "địa chỉ gRPC của Qdrant, ví dụ http://127.0.0.1:6334; trống là tìm véc-tơ trong bộ nhớ",
	"qdrant_key":           "khóa của Qdrant, chỉ gửi qua https; không bao giờ được in ra",
	"qdrant_name":          "chữ đầu tên các bộ sưu tập trên Qdrant",
	"conversation_days":    "số ngày giữ câu hỏi và hội thoại; 0 là không giữ lại",
	"officials_token":      "mã mở bàn làm việc của cán bộ, từ 24 ký tự; trống là tắt hẳn; không bao giờ được in ra",
	"public_url":           "địa chỉ người dân vào Cổng, không có dấu / ở cuối; trống là http:// và listen",
	"office":               "người gửi ghi trong lời nhắc",
	"key_file":             "tệp khóa mã hóa tên và địa chỉ, sao lưu riêng; trống là motcua.keys trong thư mục dữ liệu",
	"daily_at":             "giờ làm việc nhắc hằng ngày, năm trường như cron, giờ Việt Nam",
	"intake_keys":          "khóa của hệ thống gửi sự kiện, \"tên:bí mật:nguồn+nguồn\", cách nhau bằng dấu cách; trống là không nhận; không bao giờ được in ra",
	"intake_keys_file":     "tệp khóa của hệ thống gửi sự kiện, mỗi dòng một khóa, quyền 0600",
	"oidc_issuer":          "địa chỉ hệ thống định danh (OpenID Connect); trống là không có đăng nhập",
	"oidc_client":          "mã của cổng này tại hệ thống định danh",
	"oidc_secret":          "bí mật đi cùng mã ấy; có thể trống; không bao giờ được in ra",
	"oidc_name":            "tên hệ thống định danh ghi trên nút đăng nhập",
	"oidc_scopes":          "phạm vi xin thêm ngoài openid, cách nhau bằng dấu cách",
	"oidc_claims":          "tên bốn thuộc tính: vai, đơn vị, mức, tên gọi",
	"oidc_verified":        "các giá trị của mức được coi là đã xác thực danh tính",
	"session_idle":         "phiên đăng nhập tự khép sau chừng ấy không dùng",
	"session_life":         "phiên đăng nhập dài nhất",
	"office_hours":         "giờ cán bộ trả lời trong trò chuyện, ngày làm việc, giờ Việt Nam",
	"telegram_token":       "mã của bot Telegram; trống là tắt kênh Telegram; không bao giờ được in ra",
	"telegram_token_file":  "tệp chứa mã ấy, quyền 0600",
	"telegram_server":      "địa chỉ Bot API",
	"zalo_app_id":          "mã ứng dụng Zalo; trống là tắt kênh Zalo",
	"zalo_oa_id":           "mã Official Account",
	"zalo_app_secret":      "khóa bí mật của ứng dụng; không bao giờ được in ra",
	"zalo_oa_secret":       "khóa bí mật webhook của Official Account, khác khóa của ứng dụng; không bao giờ được in ra",
	"zalo_setup_secret":    "mã cài đặt mở trang /zalo/noi, từ 16 ký tự; trống là không ai mở được; không bao giờ được in ra",
	"zalo_secrets_file":    "tệp chứa app_secret, oa_secret, setup_secret, quyền 0600",
	"zalo_templates":       "số của các mẫu tin đã duyệt, theo tên mẫu; trống là không dùng mẫu tin",
	"zalo_per_minute":      "số lần gọi Zalo mỗi phút, từ 1 đến 6000",
	"zalo_charged":         "cho gửi tin tư vấn có tính phí (sau 48 giờ hoặc 8 tin, trong 7 ngày): true hoặc false",
	"zalo_server":          "địa chỉ thay cho các máy chủ của Zalo, để thử; trống là của chính Zalo",
	"zalo_errors_file":     "tệp đọc đè lên bảng mã lỗi Zalo; trống là dùng bảng của chương trình",
	"trusted_proxies":      "địa chỉ các máy chủ đứng trước của mình, cách nhau bằng dấu cách, như 10.0.0.0/8; chỉ tin X-Forwarded-For từ đó; trống là không tin ai",
	"metrics_listen":       "máy:cổng của số đo, /healthz và /readyz, tách khỏi cổng người dân dùng; trống là không mở",
	"log_format":           "text (khóa=giá trị) hoặc json, mỗi dòng một việc",
	"log_level":            "debug, info, warn hoặc error",
}

// Describe lists every setting of c in the order of the struct.
func Describe(c Config) []Setting {
	var out []Setting
	now, before := reflect.ValueOf(c), reflect.ValueOf(Default())
	for i := range now.NumField() {
		f := now.Type().Field(i)
		name := f.Tag.Get("toml")
		out = append(out, Setting{
			Name: name, Env: f.Tag.Get("env"), Value: text(now.Field(i)), Default: text(before.Field(i)), Meaning: meanings[name],
		})
	}
	return out
}

func text(v reflect.Value) string {
	if d, ok := v.Interface().(Duration); ok {
		return time.Duration(d).String()
	}
	if m, ok := v.Interface().(map[string]string); ok {
		var pairs []string
		for _, k := range slices.Sorted(maps.Keys(m)) {
			pairs = append(pairs, k+":"+m[k])
		}
		return strings.Join(pairs, ",")
	}
	return fmt.Sprint(v.Interface())
}
