-- What a run of wrk came to, as one line of JSON for the caller. Only numbers and strings can leave a thread.
local COUNTS = { "good", "refused", "wrong" }

local function quoted(text)
  local plain = text:gsub("[%c\\\"\127-\255]", function(byte)
    return string.format("\\u%04x", byte:byte())
  end)
  return '"' .. plain .. '"'
end

return function(threads, summary, latency)
  local fields, first, last, oddity = {}, math.huge, 0, ""
  for _, name in ipairs(COUNTS) do
    local sum = 0
    for _, thread in ipairs(threads) do
      sum = sum + thread:get(name)
    end
    table.insert(fields, string.format('"%s":%d', name, sum))
  end
  for _, thread in ipairs(threads) do
    if thread:get("first_sent") > 0 then
      first = math.min(first, thread:get("first_sent"))
    end
    last = math.max(last, thread:get("last_answered"))
    if oddity == "" then
      oddity = thread:get("oddity")
    end
  end
  table.insert(fields, string.format('"microseconds":%d', math.max(0, last - first)))
  table.insert(fields, string.format('"oddity":%s', quoted(oddity)))
  for name, value in pairs({ p50 = 50, p95 = 95, p99 = 99 }) do
    table.insert(fields, string.format('"%s":%d', name, latency:percentile(value)))
  end
  table.insert(fields, string.format('"slowest":%d', latency.max))
  for _, name in ipairs({ "connect", "read", "write", "timeout" }) do
    table.insert(fields, string.format('"%s_errors":%d', name, summary.errors[name]))
  end
  io.write("BENCH {" .. table.concat(fields, ",") .. "}\n")
end
