package delivery

// Suits says why a notice would not go over a channel to a person, from what it gives away
// and what they agreed to; "" where it would. For previews: whether it is due, and when, is
// asked when sending.
func Suits(c *Case) Reason {
	for _, gate := range []func(*Case) Verdict{sensitivity, consent} {
		if v := gate(c); !v.Passes() {
			return v.Reason
		}
	}
	return ""
}
