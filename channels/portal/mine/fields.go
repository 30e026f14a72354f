package mine

import (
	"html/template"

	"github.com/motcua/motcua/channels/portal/page"
)

// fieldFuncs give templates the fields of forms that no handler builds.
func fieldFuncs() template.FuncMap {
	out := template.FuncMap{}
	out["later"] = func(choices []page.FieldChoice) page.Field {
		return page.Field{Name: "sau", Kind: "select", VI: "Nhắc lại sau", EN: "Remind me in", Required: true, Choices: choices}
	}
	out["remindField"] = func(topic string) page.Field {
		return page.Field{Name: "nhac", Kind: "check", VI: "Tôi đồng ý được nhắc trên Cổng về nhóm “" + topic + "”", EN: "I agree to be reminded on the portal of “" + topic + "”"}
	}
	for name, f := range map[string]page.Field{
		"wrongField":  {Name: "loi-nhan", Kind: "textarea", VI: "Điều gì chưa đúng", EN: "What is wrong", Required: true, Max: 1000},
		"agreeField":  {Name: "dong-y", Kind: "check", VI: "Tôi đã đọc và đồng ý", EN: "I have read this and agree", Required: true},
		"spouseField": {Name: "dong-y", Kind: "check", VI: "Tôi xác nhận chúng tôi là vợ chồng", EN: "I confirm that we are married", Required: true},
		"inviteField": {Name: "ma", VI: "Mã mời", EN: "Code", Required: true, Max: 40},
		"sureField":   {Name: "chac", Kind: "check", VI: "Tôi chắc chắn muốn xóa dữ liệu của mình ở đây", EN: "I am sure that I want my data here deleted", Required: true},
	} {
		out[name] = func() page.Field { return f }
	}
	return out
}
