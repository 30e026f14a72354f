package portal

import "slices"

// situation is a moment of life people look for procedures by.
type situation struct {
	Slug, Icon, VI, EN string
	// Events are the life events it gathers, as records name them.
	Events []string
}

// situations are told in the order a life meets them.
var situations = []situation{
	{"sinh-con", "baby", "Sinh con, nhận con nuôi", "Having or adopting a child", []string{"pregnancy", "child_born", "birth_registered", "adoption_registered", "age_3"}},
	{"di-hoc", "school", "Con đi học", "School", []string{"age_6", "age_11", "age_15", "left_school"}},
	{"giay-to-ca-nhan", "id", "Căn cước, hộ chiếu, giấy tờ bị mất", "Identity card, passport, lost papers", []string{"age_14", "age_25", "age_40", "age_60", "id_card_issued", "document_lost", "passport_lost", "passport_expiry", "civil_status_corrected"}},
	{"ket-hon", "heart", "Kết hôn", "Getting married", []string{"marriage_planned", "marriage_registered"}},
	{"cho-o", "home", "Chuyển chỗ ở, tạm trú", "Moving house", []string{"residence_changed", "leaving_residence", "temp_residence_expiry", "guest_overnight", "house_rented_out"}},
	{"nha-dat", "land", "Xây nhà, mua đất, thừa kế", "Building, land, inheritance", []string{"house_planned", "land_contract_signed", "land_dispute", "inheritance"}},
	{"viec-lam", "work", "Việc làm, bảo hiểm, nghĩa vụ quân sự", "Work, insurance, military service", []string{"job_ended", "job_seeking", "contribution_stopped_12m", "illness", "bhyt_expiry", "age_17", "age_18"}},
	{"kinh-doanh", "shop", "Kinh doanh và thuế", "Business and tax", []string{"business_planned", "business_registered", "biz_changed", "biz_closed", "yearly_income_tax", "yearly_revenue_notice", "revenue_threshold", "quarter_tax_due", "dependant_changed"}},
	{"xe-co", "car", "Xe và bằng lái", "Vehicles and driving", []string{"vehicle_bought", "vehicle_sold", "licence_expiry", "licence_points_zero", "inspection_due", "emission_schedule"}},
	{"tuoi-gia", "elder", "Tuổi già, trợ giúp xã hội", "Old age and support", []string{"retirement_age", "age_70", "age_75", "age_80", "disability", "poverty"}},
	{"nguoi-mat", "flower", "Khi có người qua đời", "When somebody dies", []string{"death_in_household", "death_registered"}},
}

// situationNamed finds one by its slug.
func situationNamed(slug string) (situation, bool) {
	i := slices.IndexFunc(situations, func(s situation) bool { return s.Slug == slug })
	if i < 0 {
		return situation{}, false
	}
	return situations[i], true
}
