package zalo

// Endpoints are Zalo's three servers, each without a slash at the end. A test and the
// sample replace them.
type Endpoints struct {
	OAuth    string // sign-in and tokens
	Open     string // messages of the Official Account
	Business string // templates to phone numbers
}

// Real are Zalo's own.
func Real() Endpoints {
	return Endpoints{OAuth: "https://oauth.zaloapp.com", Open: "https://openapi.zalo.me", Business: "https://business.openapi.zalo.me"}
}

// Paths of the requests made.
const (
	pathPermission = "/v4/oa/permission"
	pathToken      = "/v4/oa/access_token"
	pathConsult    = "/v3.0/oa/message/cs"
	pathTemplateTo = "/v3.0/oa/message/template" // to a person of the account
	pathTemplate   = "/message/template"         // to a phone number
)

// Account names the app and the Official Account. The two secrets are different keys: the
// app's is shown when asking for tokens, the account's signs what Zalo posts to us.
type Account struct {
	AppID     string
	AppSecret string
	OAID      string
	OASecret  string
}
