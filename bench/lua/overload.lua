-- More than the server can do: one thread with many connections, which all save single answers and pause between two calls.
--
-- Environment: BENCH_DIR holds sessions.tsv (token, session) and questions.tsv (exam question, its options); BENCH_THINK_MS is
-- how long a student pauses on average, exponentially distributed. A refused student stays away for as long as the server
-- asks and up to a second more, as docs/operations/overload.md tells clients; with BENCH_STUBBORN=1 nobody does.
--
-- A thread for each connection would measure how this machine schedules a thousand threads. With one thread, wrk does not say
-- whose reply the last one was. So a reply is good when it says so itself, as many connections stay away as were refused,
-- whichever they are, and ledger.txt gets lines "S session question option" only: what was sent may be stored.
-- Students and questions go round, so that two calls under way are never about the same answer.
local here = debug.getinfo(1, "S").source:match("^@(.*)/")
local clock, http, outcome = dofile(here .. "/clock.lua"), dofile(here .. "/http.lua"), dofile(here .. "/outcome.lua")
local world, directory = dofile(here .. "/world.lua"), os.getenv("BENCH_DIR")
local think, stubborn = tonumber(os.getenv("BENCH_THINK_MS")), os.getenv("BENCH_STUBBORN") == "1"
local JITTER_MS = 1000

local threads = {}
good, refused, wrong, first_sent, last_answered, oddity = 0, 0, 0, 0, 0, ""

local students, questions, ledger = {}, {}, nil
local turn, tested, waits = 0, false, {}

function setup(thread)
  table.insert(threads, thread)
end

function init()
  students, questions = world.students(directory), world.questions(directory)
  -- The last one is the observer's.
  table.remove(students)
  ledger = assert(io.open(directory .. "/ledger.txt", "a"))
  -- Not line by line, which would cost a good part of the flood; what is left is written when wrk ends.
  ledger:setvbuf("full", 65536)
end

function delay()
  return (table.remove(waits) or 0) - think * math.log(1 - math.random())
end

function request()
  local student, round = students[turn % #students + 1], math.floor(turn / #students)
  local question = questions[round % #questions + 1]
  local option = question.options[math.floor(round / #questions) % #question.options + 1]
  -- wrk calls request() once only to look at it.
  if tested then
    turn = turn + 1
    first_sent = first_sent > 0 and first_sent or clock()
    ledger:write("S ", student.session, " ", question.id, " ", option, "\n")
  end
  tested = true
  local body = '{"exam_question_id":' .. question.id .. ',"selected_answer_id":' .. option .. "}"
  return http.request("POST", "/sessions/" .. student.session .. "/answers/", student.token, body)
end

function response(status, headers, body)
  last_answered = clock()
  if status == 201 and body:find('"success":true', 1, true) then
    good = good + 1
  elseif http.is_refusal(status) then
    refused = refused + 1
    if not stubborn then
      table.insert(waits, http.stay_away(headers, JITTER_MS))
    end
  else
    wrong = wrong + 1
    oddity = status .. " " .. body:sub(1, 300)
  end
end

function done(summary, latency)
  outcome(threads, summary, latency)
end
