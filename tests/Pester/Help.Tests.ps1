BeforeDiscovery {
    $root = Split-Path -Path (Split-Path -Path $PSScriptRoot -Parent) -Parent
    $pages = Get-ChildItem -Path (Join-Path -Path $root -ChildPath 'docs/en-US') -Filter '*-*.md'
    $script:CmdletNames = @($pages.BaseName)

    # The PowerShell blocks between EXAMPLES and PARAMETERS, with their titles.
    $script:Examples = @(foreach ($page in $pages) {
            $text = (Get-Content -LiteralPath $page.FullName -Raw) -replace "`r`n", "`n"
            $section = $text -replace '(?s)^.*\n## EXAMPLES\n', '' -replace '(?s)\n## PARAMETERS\n.*$', ''
            foreach ($match in [regex]::Matches($section, '(?ms)^### (?<title>[^\n]+)\n.*?^```powershell\n(?<code>.*?)^```')) {
                @{ Page = $page.BaseName; Title = $match.Groups['title'].Value; Code = $match.Groups['code'].Value }
            }
        })
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
    $script:ExampleScripts = Join-Path -Path (Get-Module -Name GcpWorkloadAuth).ModuleBase -ChildPath 'examples'
    $script:Run = 0
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Get-Help <_>' -ForEach $CmdletNames {
    It 'shows text' {
        $text = Get-Help -Name $_ -Full | Out-String -Width 120

        foreach ($heading in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'INPUTS', 'OUTPUTS') {
            $text | Should -Match "(?m)^\s*$heading\s*$"
        }

        $text | Should -BeLike '*Example 1:*'
        $text | Should -BeLike '*-Context*'
    }

    It 'shows examples with their code' {
        $help = Get-Help -Name $_ -Examples

        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        ($help | Out-String -Width 120) | Should -BeLike "*$_*"
    }

    It 'has a page on the web' {
        (Get-Command -Name $_).HelpUri | Should -BeLike "https://*/$_.md"
    }
}

Describe 'Topics' {
    It 'are found and shown: <_>' -ForEach 'about_GcpWorkloadAuth', 'about_GcpWorkloadAuth_Credentials', 'about_GcpWorkloadAuth_Security' {
        $text = Get-Help -Name $_ | Out-String -Width 120

        $text | Should -BeLike "*$_*"
        $text.Length | Should -BeGreaterThan 1000
    }
}

Describe 'Examples of the help' {
    BeforeAll {
        $script:Here = $Cloud.Address.AbsoluteUri.TrimEnd('/')
    }

    BeforeEach {
        Initialize-TestCloud

        # What the examples take for granted: the account signs for itself, objects by these names, guest attributes.
        Invoke-Cloud -Method Post -Path 'impersonations' -Body @{ target = '123456789012-compute@developer.gserviceaccount.com' }
        Invoke-Cloud -Method Post -Path 'options' -Body @{ guestAttributes = $true }
        'report.csv', 'old.txt', 'logs/2026/01.txt', 'logs/2026/02.txt', 'logs/2025/12.txt' | ForEach-Object { $null = Write-GcsObject demo-project-bucket-0001 $_ -Value $_ }
    }

    AfterEach {
        $env:GCP_KEY_FILE = $null
        $env:GCP_KEY = $null
        Disconnect-GcpAccount -All
    }

    It '<Page>, <Title>' -ForEach $Examples {
        if ($Code -like '*-Authentication*' -and $PSVersionTable.PSVersion.Major -lt 7) {
            Set-ItResult -Skipped -Because 'it is for PowerShell 7'
            return
        }

        # What these need the control endpoint does not set up; the hosted suite runs them.
        if ($Page -eq 'Set-GceGuestAttribute' -or $Code -like '*GCP_FEDERATION_FILE*' -or $Code -like '*run.app*') {
            Set-ItResult -Skipped -Because 'the hosted suite runs it'
            return
        }

        foreach ($account in 'deploy', 'caller') {
            $body = '{"target":"' + $account + '@demo-project.iam.gserviceaccount.com"}'
            $null = Invoke-RestMethod -Uri "$Here/_emulator/impersonations" -Method Post -Body $body -ContentType 'application/json' -UseBasicParsing
        }

        $defaults = @{ 'Invoke-RestMethod:UseBasicParsing' = $true }
        if ($Code -like '*$env:GCP_KEY*') {
            $signIn = New-KeySignIn
            $env:GCP_KEY_FILE = $signIn.CredentialPath
            $env:GCP_KEY = Get-Content -LiteralPath $signIn.CredentialPath -Raw
            $defaults['Connect-GcpAccount:Endpoint'] = $signIn.Endpoint
        }

        if ($PSVersionTable.PSVersion.Major -ge 7) {
            $defaults['Invoke-RestMethod:AllowUnencryptedAuthentication'] = $true
        }

        # Where the example says Google, the test means the emulated cloud, which is not encrypted.
        $script = [scriptblock]::Create($Code.Replace('https://storage.googleapis.com', $Here))
        $PSDefaultParameterValues = $defaults
        $ErrorActionPreference = 'Continue'
        $output = & $script 2>&1
        @($output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) | Should -BeNullOrEmpty
        $script:Run++
    }

    AfterAll {
        Write-Information -MessageData "  $Run examples of the help were run." -InformationAction Continue
    }
}

Describe 'Scripts of examples/' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'are there' {
        @(Get-ChildItem -Path $ExampleScripts -Filter '*.ps1').Name | Should -Contain 'tour.ps1'
    }

    It 'parse, and have a synopsis' {
        foreach ($file in Get-ChildItem -Path $ExampleScripts -Filter '*.ps1') {
            if ($file.Name -eq 'startup-linux.ps1' -or $file.Name -eq 'parallel.ps1') {
                # Written for PowerShell 7 alone.
                if ($PSVersionTable.PSVersion.Major -lt 7) {
                    continue
                }
            }

            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty -Because $file.Name
            (Get-Help -Name $file.FullName).Synopsis.Length | Should -BeGreaterThan 20 -Because $file.Name
        }
    }

    It 'tour.ps1 runs without an error' {
        $output = @(& (Join-Path -Path $ExampleScripts -ChildPath 'tour.ps1') 2>&1)

        @($output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) | Should -BeNullOrEmpty
        @($output | Where-Object { $_ -is [GcpWorkloadAuth.GceInstance] }).Count | Should -BeGreaterThan 100
        @($output | Where-Object { "$_" -like 'ObjectNotFound:*' }).Count | Should -Be 1
    }

    It 'any-api.ps1 runs' {
        (& (Join-Path -Path $ExampleScripts -ChildPath 'any-api.ps1') 2>&1).Buckets | Should -Be 1100
    }

    It 'invoke-restmethod.ps1 runs' {
        $objects = @(& (Join-Path -Path $ExampleScripts -ChildPath 'invoke-restmethod.ps1') -Bucket demo-project-bucket-0001 2>&1)

        @($objects | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) | Should -BeNullOrEmpty
        @(Get-CloudRequest -Path '/storage/v1/b/demo-project-bucket-0001/o').status | Should -Be 200
    }

    It 'parallel.ps1 runs' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $rows = @(& (Join-Path -Path $ExampleScripts -ChildPath 'parallel.ps1') -Project demo-project, demo-project)

        $rows.Count | Should -Be 2
        $rows[0].Buckets | Should -Be 1100
        $rows[1].Instances | Should -Be 1100
    }

    It '<_> runs where the module is installed' -ForEach 'startup-windows.ps1', 'startup-linux.ps1' {
        if ($_ -eq 'startup-linux.ps1' -and $PSVersionTable.PSVersion.Major -lt 7) {
            Set-ItResult -Skipped -Because 'it is for PowerShell 7'
            return
        }

        Invoke-Cloud -Method Post -Path 'attributes' -Body @{ instance = @{ role = 'web' } }
        $lines = Invoke-FreshPowerShell -Script @"
Import-Module -Name '$(Get-ModuleUnderTest)'
function Get-Module { 'it is installed' }
function Import-Module { }
`$env:ProgramData = 'nowhere'
& '$(Join-Path -Path $ExampleScripts -ChildPath $_)'
"@

        "$lines" | Should -BeLike "*Signed in as *The role of this VM is 'web'*Done.*"
        "$lines" | Should -Not -BeLike '*FAILED*'
    }

    It 'ci-secret.ps1 signs in, works and leaves nothing' {
        $signIn = New-KeySignIn
        $lines = Invoke-FreshPowerShell -Script @"
Import-Module -Name '$(Get-ModuleUnderTest)'
`$PSDefaultParameterValues = @{ 'Connect-GcpAccount:Endpoint' = @{ token = '$($signIn.Endpoint.token)' } }
`$env:GCP_KEY = Get-Content -LiteralPath '$($signIn.CredentialPath)' -Raw
& '$(Join-Path -Path $ExampleScripts -ChildPath 'ci-secret.ps1')'
"@

        $lines[0] | Should -Be 'Signed in as robot@demo-project.iam.gserviceaccount.com in project demo-project.'
        @($lines).Count | Should -Be 1101
    }
}
