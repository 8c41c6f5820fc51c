rule one_line { when { transaction.recurring } then { reject(reason: "x") } } rule second { when { customer.pep } then { flag_for_review() } }
rule below
{
  when
  {
    transaction.recurring
  }
  then

  {

    flag_for_review()

  }
}
rule
    head_over_lines
(priority: 1)
{ when { customer.pep == true } then {
flag_for_review() } }
rule empty_blocks { when {} then { } }
rule empty_blocks_with_comments { when { // nothing
} then {
// nothing yet
}
// nor here
}
