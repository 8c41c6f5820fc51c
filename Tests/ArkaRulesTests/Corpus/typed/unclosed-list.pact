rule r {
    when {
        transaction.channel in ["web", "app"
        transaction.recurring
    }
    then {
        flag_for_review()
    }
}
