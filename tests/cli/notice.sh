# notice.sh: a made-up notice for 2027, for tests alone. 4 January is off, so that days move.
notice_2027() {
    cat <<'END'
number: 测试〔2026〕1号
title: 测试用的2027年节假日安排
year: 2027
dated: 2026-11-20
published: 2026-11-20
source: made up for a test
holidays:
  new_year:        {off: 2027-01-01..2027-01-04}
  spring_festival: {off: 2027-02-05..2027-02-11, worked: 2027-02-20}
  qingming:        {off: 2027-04-03..2027-04-05}
  labour:          {off: 2027-05-01..2027-05-05, worked: 2027-05-08}
  dragon_boat:     {off: 2027-06-09}
  mid_autumn:      {off: 2027-09-15}
  national:        {off: 2027-10-01..2027-10-07, worked: [2027-09-26, 2027-10-09]}
END
}
