@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # Pester's BeforeAll variables are used in other blocks, which the rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
    )
}
