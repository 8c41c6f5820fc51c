rule r {
    when {
        context.event_tim > transaction.created_at
        context.time > 5
        context > 5
        context.topic.name == "x"
        context[0] == 5
        context.offset == "x"
    }
    then {
        flag_for_review()
    }
}
