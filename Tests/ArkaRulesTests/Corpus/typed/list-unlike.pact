list channels = ["web", "app"]
list amounts = [5, 10]

rule r {
    when {
        transaction.amount in list.channels
        transaction.channel in list.amounts
        transaction.recurring in list.amounts
    }
    then {
        flag_for_review()
    }
}
