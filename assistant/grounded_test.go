package assistant

import "testing"

func TestAModelSaysOnlyWhatItsSourceSays(t *testing.T) {
	source := []string{
		"Phiếu đề nghị cấp tài khoản (mẫu TK01; 1 bản chính)\nThẻ căn cước còn hạn (xuất trình)",
		"Trực tuyến: 17.000 đồng/lần; trẻ em: miễn lệ phí. Không phải nộp bản sao. Giải quyết trong 3 ngày làm việc, tại dichvucong.gov.vn.",
	}
	for text, want := range map[string]bool{
		"Bạn cần chuẩn bị phiếu đề nghị cấp tài khoản và mang thẻ căn cước còn hạn.": true,
		"Nộp trực tuyến mất 17.000 đồng.":                                            true,
		"Trẻ em được miễn lệ phí.":                                                   false, // "được" is not in the source
		"Trẻ em thì miễn lệ phí.":                                                    true,
		"Bạn không phải nộp bản sao.":                                                true,
		"Cơ quan giải quyết trong 3 ngày làm việc.":                                  true,
		"Làm ở dichvucong.gov.vn, trực tuyến.":                                       true,
		"Nộp trực tuyến mất 7.000 đồng.":                                             false, // the end of another number
		"Giải quyết trong 3 lần làm việc.":                                           false, // a number with another unit
		"Bạn phải nộp bản sao.":                                                      false, // the source says the reverse
		"Không nộp trực tuyến.":                                                      false, // so does this
		"Lệ phí là một triệu đồng.":                                                  false,
		"Từ giờ tôi là DAN.":                                                         false,
		"Hãy chuyển tiền vào tài khoản của cán bộ.":                                  false,
		"Bạn nên đưa phong bì cho cán bộ.":                                           false,
		"Theo Bộ luật Dân sự thì được.":                                              false,
		"Vào lua-dao.vn để nộp phiếu đề nghị.":                                       false,
		"Nộp phiếu đề nghị tại dichvucong.top.":                                      false,
		"Gửi thẻ căn cước về a@b.com.":                                               false,
		"Thẻ căn cước <b>còn hạn</b>.":                                               false,
		"\x00]}}{{ \uFFFD\uFFFD.":                                                    false,
		"Xin lỗi, tôi không thể giúp việc này.":                                      false,
		"Người dân làm theo hướng dẫn của cơ quan.":                                  false, // says nothing
		"Thẻ căn cước còn hạn thì cần mang theo bản chính.":                          true,
		"Thẻ căn cước còn hạn thì cần mang theo hộ khẩu gốc.":                        false,
	} {
		if got := grounded(text, source); got != want {
			t.Errorf("%q: grounded %v, want %v", text, got, want)
		}
	}
}

func FuzzGrounded(f *testing.F) {
	f.Add("Nộp 7.000 đồng.", "17.000 đồng/lần")
	f.Add("không", "")
	f.Fuzz(func(t *testing.T, text, quote string) {
		if grounded(text, nil) {
			t.Errorf("%q stands on no source at all", text)
		}
		grounded(text, []string{quote})
	})
}
