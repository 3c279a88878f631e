-- pages.lua: for wrk: the case page of any matter of the docket, drawn evenly.
local matters = tonumber(os.getenv("MATTERS")) or 100000
math.randomseed(20261123)
request = function()
  return wrk.format("GET", string.format("/matters/m-%06d", math.random(0, matters - 1)))
end
