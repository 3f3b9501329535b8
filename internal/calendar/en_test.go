package calendar

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
)

func TestEnglish(t *testing.T) {
	check(t, "en", contrechamp.Date{Year: 2021, Month: 6, Day: 23}, []row{ // a Wednesday
		{"June 18, 2019", "[June 18, 2019] 2019-06-18"},
		{"on 18 June 2019.", "[18 June 2019] 2019-06-18 at"},
		{"July 2018", "[July 2018] 2018-07"},
		{"Oct. 3", "[Oct. 3] 2020-10-03 >2021-10-03 relative"},
		{"in 2019", "[2019] 2019 at"},
		{"last October", "[last October] 2020-10 relative"},
		{"last year", "[last year] 2020 relative"},
		{"this spring", "[this spring] 2021 spring relative"},
		{"by 2028", "[2028] 2028 by"},
		{"since 2018.", "[2018] 2018 since"},
		{"yesterday", "[yesterday] 2021-06-22 relative"},
		{"on Thursday", "[Thursday] 2021-06-17 >2021-06-24 at relative"},
		{"last Thursday", "[last Thursday] 2021-06-17 relative"},
		{"three years ago", "[three years ago] 2018 relative duration"},
		{"for three years", "[three years] 2018 since relative duration"},
		{"over the past five years", "[past five years] 2016 since relative duration"},
		{"You may march in second place", ""},
		{"May said", ""},
		{"in May 2021", "[May 2021] 2021-05 at"},
		{"in May", "[May] 2021-05 >2022-05 at relative"},
		{"03/04/2021", "[03/04/2021] 2021-03-04"},
		{"13/04/2021", "[13/04/2021] 2021-04-13"},
		{"December 2017 and was shut down in June 2018", "[December 2017] 2017-12; [June 2018] 2018-06 at"},
		{"the 2019 report", "[2019] 2019"},
		{"FY 2024-25", "[2024-25] 2024/2025"},
		{"the end of last year", "[end of last year] 2020 late relative"},
		{"mid-2022", "[mid-2022] 2022 mid"},
		{"between 2007 and 2017", "[2007 and 2017] 2007/2017 between"},
		{"from June to October 2020", "[June to October 2020] 2020-06/2020-10 since"},
		{"November 19-22, 2019", "[November 19-22, 2019] 2019-11-19/2019-11-22"},
		{"the 1990s", "[1990s] 1990/1999"},
		{"the first quarter of 2021", "[first quarter of 2021] 2021 first quarter"},
		{"next month", "[next month] 2021-07 relative"},
		{"the fall of 2019", "[fall of 2019] 2019 autumn"},
		{"crime may fall in 2000 cities", ""},
		{"Tuesday, June 1", "[Tuesday, June 1] 2021-06-01 relative"},
	})
	check(t, "en-GB", contrechamp.Date{Year: 2021, Month: 6, Day: 23}, []row{
		{"03/04/2021", "[03/04/2021] 2021-04-03"},
	})
}
