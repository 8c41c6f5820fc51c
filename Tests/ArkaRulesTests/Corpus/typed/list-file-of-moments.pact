list a from "words.txt"

rule r {
    when {
        transaction.created_at - transaction.created_at in list.a
        context.event_time in list.a
    }
    then {
        flag_for_review()
    }
}
