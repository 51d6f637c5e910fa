BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud

    # All that the cmdlets emit, where nobody asked for a secret.
    $script:Everything = @{
        token    = { Get-GceAccessToken }
        context  = { Get-GcpContext }
        contexts = { Get-GcpContext -ListAvailable }
        connect  = { Connect-GcpAccount -Name another }
        account  = { Get-GceServiceAccount }
        bucket   = { Get-GcsBucket -Prefix demo-project-bucket-100 }
        instance = { Get-GceInstance -Name 'vm-0001?' }
        set      = { Set-GcpContext -Project demo-project -PassThru }
    }
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'No secret comes out of <_>' -ForEach 'token', 'context', 'contexts', 'connect', 'account', 'bucket', 'instance', 'set' {
    BeforeAll {
        Initialize-TestCloud
        $script:Output = @(& $Everything[$_])
        $script:Secret = Get-GceAccessToken -AsPlainText

        # The beginning is the same in all tokens; what follows is the secret.
        $script:Leak = '*' + $Secret.Substring(10, 16) + '*'

        # How a SecureString is written where the system has no data protection.
        $script:HexLeak = '*' + (($Secret.Substring(10, 16).ToCharArray() | ForEach-Object { '{0:x2}00' -f [int]$_ }) -join '') + '*'
    }

    It 'as there is something to look at' {
        $Output.Count | Should -BeGreaterThan 0
        $Secret.Length | Should -BeGreaterThan 40
    }

    It 'in a table, a list or a custom view' {
        ($Output | Out-String -Width 500) | Should -Not -BeLike $Leak
        ($Output | Format-List -Property * -Force | Out-String -Width 500) | Should -Not -BeLike $Leak
        ($Output | Format-Custom | Out-String -Width 500) | Should -Not -BeLike $Leak
    }

    It 'as text' {
        "$Output" | Should -Not -BeLike $Leak
    }

    It 'as JSON' {
        $json = $Output | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue

        $json | Should -Not -BeLike $Leak
        $json | Should -Not -BeLike '*private_key*'
    }

    It 'as CliXml' {
        $file = Join-Path -Path $Cloud.Folder -ChildPath 'objects.xml'
        $Output | Export-Clixml -Path $file -Depth 6
        $text = Get-Content -LiteralPath $file -Raw

        $text | Should -Not -BeLike $Leak
        $text | Should -Not -BeLike $HexLeak
        $text | Should -Not -BeLike '*N="Token"*'
        $again = @(Import-Clixml -Path $file)
        $again.Count | Should -Be $Output.Count
        $again[0].PSObject.TypeNames[0] | Should -BeLike 'Deserialized.GcpWorkloadAuth.*'
    }

    It 'as CSV or XML' {
        ($Output | ConvertTo-Csv | Out-String) | Should -Not -BeLike $Leak
        ($Output | ConvertTo-Xml -As String -Depth 4) | Should -Not -BeLike $Leak
        ($Output | Select-Object -Property * | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue) | Should -Not -BeLike $Leak
    }
}

Describe 'No secret gets into' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'a transcript of ordinary use' {
        $transcript = Join-Path -Path $Cloud.Folder -ChildPath 'transcript.txt'
        $secret = Invoke-FreshPowerShell -Script @"
`$null = Start-Transcript -Path '$transcript'
Import-Module -Name '$(Get-ModuleUnderTest)'
Get-GceAccessToken | Out-Default
Get-GceAccessToken | Format-List -Property * -Force | Out-Default
`$token = Get-GceAccessToken
`$header = Get-GceAccessToken -AsHeader
`$plain = Get-GceAccessToken -AsPlainText
`$DebugPreference = 'Continue'
Get-GcsBucket -Prefix demo-project-bucket-100 -Verbose | Out-Default
Get-GcpContext | Format-List | Out-Default
Get-GcsBucket -Name no-such-bucket-here
`$Error[0] | Format-List -Property * -Force | Out-Default
`$null = Stop-Transcript
'SECRET ' + `$plain
"@ | Where-Object { "$_" -like 'SECRET *' }

        $secret.Length | Should -BeGreaterThan 50
        $text = Get-Content -LiteralPath $transcript -Raw
        $text | Should -BeLike '*demo-project-bucket-1001*'
        $text | Should -BeLike '*VERBOSE: GET http*'
        $text | Should -BeLike '*no-such-bucket-here*'
        $text | Should -Not -BeLike ('*' + $secret.Substring(17, 16) + '*')
    }

    It 'Verbose, Debug, Warning or Information' {
        $signIn = New-KeySignIn
        $null = Connect-GcpAccount @signIn
        $streams = & {
            $DebugPreference = 'Continue'
            Get-GceAccessToken -ForceRefresh -Verbose
            Get-GcsBucket -Prefix demo-project-bucket-1000 -Verbose
            Get-GceInstance -Current -Verbose
        } *>&1 | Out-String -Width 500

        $streams | Should -BeLike '*POST http*'
        $streams | Should -BeLike '*GET http*'
        $streams | Should -Not -BeLike ('*' + (Get-GceAccessToken -AsPlainText).Substring(10, 16) + '*')
        $streams | Should -Not -BeLike '*assertion=*'
        $streams | Should -Not -BeLike '*PRIVATE KEY*'
    }

    It 'an error' {
        $signIn = New-KeySignIn
        $null = Connect-GcpAccount @signIn
        $secret = Get-GceAccessToken -AsPlainText
        Invoke-Cloud -Method Post -Path 'faults' -Body @{ pathPattern = '/storage/*'; status = 403; body = '{"error":{"code":403,"message":"no"}}' }

        $before = $Error.Count
        Get-GcsBucket -ErrorAction SilentlyContinue
        $text = $Error[0] | Format-List -Property * -Force | Out-String -Width 500
        $text += $Error[0].Exception | Format-List -Property * -Force | Out-String -Width 500
        $text += $Error[0] | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue

        $Error.Count | Should -BeGreaterThan $before
        $text | Should -Not -BeLike ('*' + $secret.Substring(10, 16) + '*')
        $text | Should -Not -BeLike '*PRIVATE KEY*'
    }

    It 'what module logging and Get-History could see of a sign-in with a key' {
        $json = [System.Net.NetworkCredential]::new('', (Invoke-Cloud -Method Post -Path 'keys' -Body @{ ownTokenUri = $true } | ConvertTo-Json)).SecurePassword
        $context = Connect-GcpAccount -CredentialJson $json -Endpoint (New-KeySignIn).Endpoint

        ($context | Format-List -Property * -Force | Out-String -Width 500) | Should -Not -BeLike '*PRIVATE KEY*'
        ($context | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue) | Should -Not -BeLike '*PRIVATE KEY*'
        "$json" | Should -Be 'System.Security.SecureString'
    }
}
