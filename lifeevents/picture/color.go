package picture

import (
	"html/template"
	"math"
	"strings"

	"github.com/motcua/motcua/lifeevents"
)

// colors of topics, chosen to be told apart by people who do not see red or green; every
// mark has words beside it as well.
var colors = map[lifeevents.Topic]string{
	lifeevents.TopicChild: "#0f7c90", lifeevents.TopicBirth: "#0f7c90", lifeevents.TopicAdoption: "#0f7c90",
	lifeevents.TopicSchool: "#7a5195", lifeevents.TopicPapers: "#1f5fa8", lifeevents.TopicMilitary: "#4d6a2d",
	lifeevents.TopicMarriage: "#b0417a", lifeevents.TopicDivorce: "#b0417a", lifeevents.TopicResidence: "#2f7d5b",
	lifeevents.TopicVehicle: "#8a5a13", lifeevents.TopicBusiness: "#5b6470", lifeevents.TopicTax: "#a3400f",
	lifeevents.TopicInsurance: "#3a54b4", lifeevents.TopicHousing: "#6b4a2b", lifeevents.TopicOldAge: "#8c2f39",
	lifeevents.TopicCivic: "#555555", lifeevents.TopicWork: "#916b00", lifeevents.TopicBereaved: "#3c3c3c",
	lifeevents.TopicPoverty: "#5a4a7a", lifeevents.TopicDisability: "#5a4a7a",
}

func color(t lifeevents.Topic) string {
	if c, ok := colors[t]; ok {
		return c
	}
	return "#555555"
}

// heat is a blue that deepens with n, by the square root so that one crowded day does not
// drown the rest; dark text reads on the lighter half, white on the darker.
func heat(n, most int) (fill, ink string) {
	if n == 0 || most == 0 {
		return "#ffffff", "#8a94a0"
	}
	share := math.Sqrt(float64(n) / float64(most))
	mix := func(from, to int) int { return from + int(share*float64(to-from)) }
	fill = rgb(mix(0xe6, 0x12), mix(0xf0, 0x4a), mix(0xfa, 0x86))
	if share > 0.55 {
		return fill, "#ffffff"
	}
	return fill, "#16324a"
}

func rgb(r, g, b int) string {
	const hex = "0123456789abcdef"
	var s strings.Builder
	s.WriteByte('#')
	for _, c := range []int{r, g, b} {
		s.WriteByte(hex[c>>4&15])
		s.WriteByte(hex[c&15])
	}
	return s.String()
}

// page is the frame of every picture.
type page struct {
	Title, Lead string
	Body        template.HTML // made by this package from escaped parts
}

var frame = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{.Title}}</title>
<style>
:root{--ink:#1b2733;--soft:#5d6b78;--line:#d8dfe6;--paper:#ffffff}
*{box-sizing:border-box}body{margin:0;background:#f4f6f8;color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
main{max-width:1240px;margin:0 auto;padding:28px 20px 60px}
h1{font-size:26px;margin:0 0 4px;line-height:1.25}.lead{margin:0 0 22px;color:var(--soft)}h2{font-size:18px;margin:30px 0 10px}
.sheet{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:18px;overflow-x:auto}
.months{display:grid;grid-template-columns:repeat(auto-fill,minmax(350px,1fr));gap:18px}
svg{display:block;max-width:100%;height:auto}svg text{font-family:inherit}
table{border-collapse:collapse;width:100%;font-size:14px}th,td{padding:6px 8px;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.key{display:flex;flex-wrap:wrap;gap:6px 20px;margin:0 0 16px;color:var(--soft);font-size:14px;align-items:center}.key svg{display:inline-block;vertical-align:-3px}
@media print{body{background:#fff}.sheet{border:0;padding:0}}
</style></head><body><main><h1>{{.Title}}</h1><p class="lead">{{.Lead}}</p>{{.Body}}</main></body></html>
`))

var esc = template.HTMLEscapeString
