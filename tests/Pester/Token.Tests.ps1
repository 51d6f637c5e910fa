BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
    $script:BucketList = [uri]::new($Cloud.Address, '/storage/v1/b?project=demo-project&maxResults=5').AbsoluteUri
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Get-GceAccessToken' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'needs no set-up' {
        $token = Get-GceAccessToken

        $token.Account | Should -Be '123456789012-compute@developer.gserviceaccount.com'
        $token.Token | Should -BeOfType ([securestring])
        $token.ExpiresAt | Should -BeGreaterThan ([datetime]::Now.AddMinutes(50))
        $token.Scopes | Should -Contain 'https://www.googleapis.com/auth/cloud-platform'
    }

    It 'asks once for many calls' {
        1..20 | ForEach-Object { $null = Get-GceAccessToken }
        $null = Get-GcpAccessToken -AsHeader

        @(Get-CloudRequest -Path '*/token').Count | Should -Be 1
    }

    It 'makes a header that Invoke-RestMethod takes' {
        $answer = Invoke-RestMethod -Uri $BucketList -Headers (Get-GceAccessToken -AsHeader) -UseBasicParsing

        @($answer.items).Count | Should -Be 5
    }

    It 'gives a SecureString that -Authentication Bearer takes' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $call = @{ Uri = $BucketList; Authentication = 'Bearer'; AllowUnencryptedAuthentication = $true }

        $answer = Invoke-RestMethod @call -Token (Get-GceAccessToken).Token

        @($answer.items).Count | Should -Be 5
    }

    It 'gives a copy: disposing of it hurts nobody' {
        $first = Get-GceAccessToken
        $first.Token.Dispose()

        { (Get-GceAccessToken).Token.Copy() } | Should -Not -Throw
        Get-GcsBucket -Name demo-project-bucket-0001 | Should -Not -BeNullOrEmpty
    }

    It 'hands the token on to another context' {
        $null = Connect-GcpAccount -AccessToken (Get-GceAccessToken).Token -Name handed-on

        Get-GceAccessToken -AsPlainText | Should -BeLike 'ya29.*'
        (Get-GcpContext).CredentialType | Should -Be 'AccessToken'
    }

    It 'gives the plain token only when asked, and the one that the cloud issued' {
        $plain = Get-GceAccessToken -AsPlainText
        $issued = @((Invoke-Cloud -Path 'state').tokens)

        $plain | Should -BeLike (($issued[-1].token -replace '\.\.\.$', '') + '*')
        (Get-GceAccessToken -AsHeader).Authorization | Should -BeExactly "Bearer $plain"
        "$(Get-GceAccessToken)" | Should -Not -BeLike '*ya29*'
    }

    It 'asks again with -ForceRefresh' {
        $null = Get-GceAccessToken
        $null = Get-GceAccessToken -ForceRefresh

        @(Get-CloudRequest -Path '*/token').Count | Should -Be 2
    }

    It 'recovers from a token that was revoked' {
        $null = Get-GceAccessToken
        Invoke-Cloud -Method Post -Path 'tokens/revoke'

        @(Get-GcsBucket -Prefix demo-project-bucket-0001).Count | Should -Be 1
        @(Get-CloudRequest -Path '*/token').Count | Should -Be 2
        @(Get-CloudRequest -Path '/storage/*').status | Should -Be @(401, 200)
    }

    It 'works with a service account key' {
        $signIn = New-KeySignIn
        $context = Connect-GcpAccount @signIn

        $context.Account | Should -Be 'robot@demo-project.iam.gserviceaccount.com'
        $context.Project | Should -Be 'demo-project'
        (Get-GceAccessToken).Account | Should -Be $context.Account
    }
}
