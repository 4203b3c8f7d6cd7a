-- Calls from a list, one after the other, again and again, over all connections of one thread.
--
-- Environment: BENCH_CALLS is a file of lines "method, path, token, body" with tabs between; BENCH_STATUS the status that
-- every reply must have, BENCH_MARK a text that must be in it.
local here = debug.getinfo(1, "S").source:match("^@(.*)/")
local clock, http, outcome = dofile(here .. "/clock.lua"), dofile(here .. "/http.lua"), dofile(here .. "/outcome.lua")
local wanted, mark = tonumber(os.getenv("BENCH_STATUS")), os.getenv("BENCH_MARK")

local threads = {}
good, refused, wrong, first_sent, last_answered, oddity = 0, 0, 0, 0, 0, ""

local calls, turn, waits = {}, 0, {}

function setup(thread)
  table.insert(threads, thread)
end

function init()
  for line in io.lines(os.getenv("BENCH_CALLS")) do
    table.insert(calls, http.request(line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")))
  end
end

-- Whose reply the last one was, wrk does not say: as many connections stay away as were refused, whichever they are.
function delay()
  return table.remove(waits) or 0
end

function request()
  turn = turn + 1
  first_sent = first_sent > 0 and first_sent or clock()
  return calls[turn % #calls + 1]
end

function response(status, headers, body)
  last_answered = clock()
  if status == wanted and body:find(mark, 1, true) then
    good = good + 1
  elseif http.is_refusal(status) then
    refused = refused + 1
    table.insert(waits, http.stay_away(headers))
  else
    wrong = wrong + 1
    oddity = status .. " " .. body:sub(1, 300)
  end
end

function done(summary, latency)
  outcome(threads, summary, latency)
end
