-- acts.lua: for wrk: findings, each on another open matter in its preliminary review, each with a
-- key of its own. ROUND tells the rounds apart.
local matters = tonumber(os.getenv("MATTERS")) or 100000
local round = tonumber(os.getenv("ROUND")) or 0
local open = math.floor((matters - 1) / 66)     -- every 66th matter from 33 on is in its review
local n = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Sec-Fetch-Site"] = "same-origin"
request = function()
  n = n + 1
  local matter = string.format("/matters/m-%06d/do/assess", 33 + 66 * (n % open))
  local body = string.format("key=b%d-%d-%d&with.factor=continuity&with.level=low" ..
    "&with.evidence=report+of+the+laboratory+%d", os.time(), round, n, n)
  return wrk.format("POST", matter, nil, body)
end
