-- acts.lua: for wrk: findings, each on another open matter in its preliminary review, each with a
-- key of its own and with what its writer has seen of the matter. ROUND tells the rounds apart:
-- each of the ROUNDS has matters of its own.
local matters = tonumber(os.getenv("MATTERS")) or 100000
local round = tonumber(os.getenv("ROUND")) or 0
local rounds = tonumber(os.getenv("ROUNDS")) or 1
local acts = 20       -- of a matter in its review, as bench_many makes it
local open = math.floor(((matters - 6) / 10 + 1) / rounds)   -- matters 5, 15, 25 ... are in review
local n = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Sec-Fetch-Site"] = "same-origin"
request = function()
  local which, turn = n % open, math.floor(n / open)
  n = n + 1
  local matter = string.format("/matters/m-%06d/do/assess", 5 + 10 * (which * rounds + round))
  local body = string.format("key=b%d-%d-%d&seen=%d&with.factor=continuity&with.level=low" ..
    "&with.evidence=report+of+the+laboratory+%d", os.time(), round, n, acts + turn, n)
  return wrk.format("POST", matter, nil, body)
end
