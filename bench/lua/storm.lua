-- A storm: one call a student, all within a time, each over a connection and from a thread of its own.
--
-- A refused student comes back when the server says. Environment: BENCH_CALLS is a folder of files 1, 2, …, each with one
-- line "method, path, token, body" with tabs between; BENCH_STATUS the status that every reply must have, BENCH_MARK a text
-- that must be in it; BENCH_STARTS_AT the moment, in microseconds of the clock, at which the first one calls, BENCH_EVERY
-- the microseconds between one and the next.
--
-- done.txt gets a line for each student who has what they wanted: the microseconds since their first try, and the tries.
-- The caller is told of each student who is through, with or without.
local here = debug.getinfo(1, "S").source:match("^@(.*)/")
local clock, http, outcome = dofile(here .. "/clock.lua"), dofile(here .. "/http.lua"), dofile(here .. "/outcome.lua")
local wanted, mark = tonumber(os.getenv("BENCH_STATUS")), os.getenv("BENCH_MARK")
local directory = os.getenv("BENCH_CALLS")
local starts_at, every = tonumber(os.getenv("BENCH_STARTS_AT")), tonumber(os.getenv("BENCH_EVERY"))
local NEVER_MS = 3600 * 1000

local threads = {}
good, refused, wrong, first_sent, last_answered, oddity = 0, 0, 0, 0, 0, ""

local call, tries, wait, tested = nil, 0, nil, false

function setup(thread)
  table.insert(threads, thread)
  thread:set("lane", #threads)
end

function init()
  math.randomseed(lane)
  local file = assert(io.open(directory .. "/" .. lane))
  call = http.request(file:read("*a"):match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t\n]*)"))
  file:close()
  -- wrk calls request() once in its first thread only to look at it.
  tested = lane > 1
end

function delay()
  if tries == 0 then
    return math.max(0, (starts_at + (lane - 1) * every - clock()) / 1000)
  end
  return wait
end

function request()
  if tested then
    tries = tries + 1
    first_sent = first_sent > 0 and first_sent or clock()
  end
  tested = true
  return call
end

function response(status, headers, body)
  last_answered = clock()
  if http.is_refusal(status) then
    refused = refused + 1
    wait = http.stay_away(headers)
    return
  end
  wait = NEVER_MS
  if status == wanted and body:find(mark, 1, true) then
    good = good + 1
    local file = assert(io.open(directory .. "/done.txt", "a"))
    file:write(string.format("%d %d\n", last_answered - first_sent, tries))
    file:close()
  else
    wrong = wrong + 1
    oddity = status .. " " .. body:sub(1, 300)
  end
  io.write("BENCH-THROUGH\n")
  io.stdout:flush()
end

function done(summary, latency)
  outcome(threads, summary, latency)
end
