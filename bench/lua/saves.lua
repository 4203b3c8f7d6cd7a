-- One thread a connection, each with students of its own: save answer after answer and check every reply.
--
-- Every reply belongs to the request before it, because a thread has one connection only. Environment: BENCH_DIR holds
-- sessions.tsv (token, session) and questions.tsv (exam question, its options); BENCH_LANES is the number of threads;
-- BENCH_BULK=1 saves all questions of a session in one call. BENCH_STARTS_AT is the moment, in microseconds of the clock, at
-- which all connections begin together, when wrk has made its threads. A refused student stays away for as long as the server asks.
--
-- ledger.txt gets a line for each thing that happened, whole and at once, so that it survives whatever comes:
--   S session question option            sent
--   A session question option micros     acknowledged: status and body are as they must be
--   R status micros                      refused for now
-- In bulk the question is "*" and the option is its place among the options of each question.
local here = debug.getinfo(1, "S").source:match("^@(.*)/")
local clock, http, outcome = dofile(here .. "/clock.lua"), dofile(here .. "/http.lua"), dofile(here .. "/outcome.lua")
local world = dofile(here .. "/world.lua")
local directory, lanes = os.getenv("BENCH_DIR"), tonumber(os.getenv("BENCH_LANES"))
local bulk, starts_at = os.getenv("BENCH_BULK") == "1", tonumber(os.getenv("BENCH_STARTS_AT"))

local threads = {}
good, refused, wrong, first_sent, last_answered, oddity = 0, 0, 0, 0, 0, ""

local students, questions, ledger = {}, {}, nil
local turn, tested, sent, wait = 0, false, nil, 0

function setup(thread)
  table.insert(threads, thread)
  thread:set("lane", #threads)
end

function init()
  for number, student in ipairs(world.students(directory)) do
    if number % lanes == lane % lanes then
      table.insert(students, student)
    end
  end
  questions = world.questions(directory)
  ledger = assert(io.open(directory .. "/ledger.txt", "a"))
  ledger:setvbuf("line")
  math.randomseed(lane)
  -- wrk calls request() once in its first thread only to look at it.
  tested = lane > 1
end

local function item(question, option)
  return '{"exam_question_id":' .. question.id .. ',"selected_answer_id":' .. option .. "}"
end

local function chosen(option)
  return '"selected_answer":{"id":' .. option .. ","
end

local function one_answer(student, round)
  local question = questions[round % #questions + 1]
  local option = question.options[math.floor(round / #questions) % #question.options + 1]
  return {
    method = "POST", status = 201, marks = { chosen(option), '"exam_question":{"id":' .. question.id .. "," },
    body = item(question, option), text = student.session .. " " .. question.id .. " " .. option,
  }
end

local function all_answers(student, round)
  local items, marks = {}, {}
  local place = round % #questions[1].options + 1
  for _, question in ipairs(questions) do
    table.insert(items, item(question, question.options[place]))
    table.insert(marks, chosen(question.options[place]))
  end
  return {
    method = "PUT", status = 200, marks = marks, body = "[" .. table.concat(items, ",") .. "]",
    text = student.session .. " * " .. place,
  }
end

function request()
  local counts = tested
  tested = true
  local student = students[turn % #students + 1]
  sent = (bulk and all_answers or one_answer)(student, math.floor(turn / #students))
  if counts then
    turn = turn + 1
    ledger:write("S ", sent.text, "\n")
    sent.at = clock()
    first_sent = first_sent > 0 and first_sent or sent.at
  end
  return http.request(sent.method, "/sessions/" .. student.session .. "/answers/", student.token, sent.body)
end

local function is_as_it_must_be(status, body)
  if status ~= sent.status or body:find('"success":false', 1, true) then
    return false
  end
  for _, mark in ipairs(sent.marks) do
    if not body:find(mark, 1, true) then
      return false
    end
  end
  return true
end

function response(status, headers, body)
  last_answered = clock()
  local micros = math.floor(last_answered - sent.at)
  wait = 0
  if is_as_it_must_be(status, body) then
    good = good + 1
    ledger:write("A ", sent.text, " ", micros, "\n")
  elseif http.is_refusal(status) then
    refused = refused + 1
    wait = http.stay_away(headers)
    ledger:write("R ", status, " ", micros, "\n")
  else
    wrong = wrong + 1
    oddity = status .. " " .. body:sub(1, 300)
  end
end

function delay()
  return first_sent > 0 and wait or math.max(0, (starts_at - clock()) / 1000)
end

function done(summary, latency)
  outcome(threads, summary, latency)
end
