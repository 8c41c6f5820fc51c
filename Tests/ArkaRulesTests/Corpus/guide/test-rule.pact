                rule test_rule {
                    when {
                        let check = plugin.my_plugin.check_entity(
                            entity_id: transaction.id
                        )
                        check.match == true
                    }
                    then {
                        flag_for_review()
                    }
                }
