rule r {
    when {
        plugin.lookup.now == 5
        plugin == 5
    }
    then {
        plugin.lookup.note
        plugin.note()
    }
}
