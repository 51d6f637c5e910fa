BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Errors' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'can be caught' {
        $caught = $null
        try {
            Get-GcsBucket -Name no-such-bucket-here -ErrorAction Stop
        }
        catch {
            $caught = $_
        }

        $caught.FullyQualifiedErrorId | Should -BeLike 'BucketNotFound,*'
        $caught.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $caught.TargetObject | Should -Be 'no-such-bucket-here'
        $caught.Exception.StatusCode | Should -Be 404
        $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $caught.Exception | Should -BeOfType ([GcpWorkloadAuth.GcpException])
    }

    It 'of one item let the others through' {
        $found = Get-GcsBucket -Name demo-project-bucket-0001, no-such-bucket-here, demo-project-bucket-0002 -ErrorVariable failures -ErrorAction SilentlyContinue

        @($found).Count | Should -Be 2
        @($failures).Count | Should -Be 1
        $failures[0].TargetObject | Should -Be 'no-such-bucket-here'
    }

    It 'land in $Error with the line that caused them' {
        $Error.Clear()
        Get-GceInstance -Name no-such-instance -ErrorAction SilentlyContinue

        $Error.Count | Should -Be 1
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'InstanceNotFound,*'
        $Error[0].InvocationInfo.Line | Should -BeLike '*Get-GceInstance -Name no-such-instance*'
    }

    It 'keep quiet with -ErrorAction Ignore' {
        $Error.Clear()
        Get-GcsBucket -Name no-such-bucket-here -ErrorAction Ignore | Should -BeNullOrEmpty

        $Error.Count | Should -Be 0
    }

    It 'show message and advice' {
        $failure = Get-GcsBucket -Name no-such-bucket-here -ErrorAction Continue 2>&1
        $text = ($failure | Out-String -Width 200) -replace '\s+', ' '

        $text | Should -BeLike '*no-such-bucket-here*'
        $text | Should -BeLike ('*' + [wildcardpattern]::Escape($failure.ErrorDetails.RecommendedAction) + '*')
        $text | Should -Not -BeLike '*   at GcpWorkloadAuth*'
    }

    It 'are none where a wildcard matches nothing' {
        Get-GcsBucket -Name 'nothing-like-*' -ErrorAction Stop | Should -BeNullOrEmpty
        Get-GceInstance -Name 'nothing-like-*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'say how to attach a service account' {
        Invoke-Cloud -Method Post -Path 'detach'

        { Get-GceAccessToken } | Should -Throw -ErrorId 'NoServiceAccount,*'
        $Error[0].ErrorDetails.RecommendedAction | Should -BeLike '*set-service-account*'
    }

    It 'name a context that is not there' {
        { Get-GcsBucket -Context nobody -ErrorAction Stop } | Should -Throw -ErrorId 'ContextNotFound,*'
    }

    It 'name what is wrong with an argument' {
        { Get-GcsBucket -Name (Get-GceInstance -Current) } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*GceInstance*'
        { Get-GceMetadata -Path instance/name -TimeoutSec 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'are none for a server that is busy for a moment' {
        Invoke-Cloud -Method Post -Path 'faults' -Body @{ pathPattern = '/storage/v1/b*'; status = 503; times = 2 }

        @(Get-GcsBucket -Prefix demo-project-bucket-1000 -ErrorAction Stop).Count | Should -Be 1
        @(Get-CloudRequest -Path '/storage/v1/b').status | Should -Be @(503, 503, 200)
    }

    It 'leave the session usable' {
        Invoke-Cloud -Method Post -Path 'faults' -Body @{ pathPattern = '/storage/*'; status = 403; times = 1 }

        { Get-GcsBucket -ErrorAction Stop } | Should -Throw
        @(Get-GcsBucket).Count | Should -Be 1100
    }

    It 'end a startup script with an exit code' {
        $script = @"
`$ErrorActionPreference = 'Stop'
Import-Module -Name '$(Get-ModuleUnderTest)'
try { Get-GcsBucket -Name no-such-bucket-here } catch { 'caught ' + `$_.FullyQualifiedErrorId }
"@

        Invoke-FreshPowerShell -Script $script | Should -BeLike 'caught BucketNotFound,*'
    }
}
