rule r {
    when {
        reject(reason: "x")
    }
    then {
        flag_for_review()
    }
}
