rule a {
    when {
    }
    then {
    }
}
