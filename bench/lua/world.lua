-- Who saves answers and to which questions, as the run wrote it down.
local world = {}

-- {token, session} of each student, from sessions.tsv.
function world.students(directory)
  local students = {}
  for line in io.lines(directory .. "/sessions.tsv") do
    local token, session = line:match("^(%S+)\t(%d+)$")
    table.insert(students, { token = token, session = session })
  end
  return students
end

-- {id, options} of each exam question, from questions.tsv.
function world.questions(directory)
  local questions = {}
  for line in io.lines(directory .. "/questions.tsv") do
    local question = { options = {} }
    for id in line:gmatch("%d+") do
      table.insert(question.options, id)
    end
    question.id = table.remove(question.options, 1)
    table.insert(questions, question)
  end
  return questions
end

return world
