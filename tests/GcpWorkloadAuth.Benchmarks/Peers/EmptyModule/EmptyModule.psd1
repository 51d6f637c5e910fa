@{
    RootModule        = 'EmptyModule.dll'
    ModuleVersion     = '1.0.0'
    GUID              = '0d3a3f5e-52c5-4d0d-a6f1-6c0a1b7c9e11'
    Description       = 'What any binary module costs.'
    PowerShellVersion = '5.1'
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport   = @()
    CmdletsToExport   = @('Get-Constant')
}
