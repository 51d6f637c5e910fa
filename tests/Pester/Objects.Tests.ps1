BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
    $bucket = 'demo-project-bucket-0001'
    $other = 'demo-project-bucket-0002'

    function Add-TestObject {
        param([string[]]$Name, [string]$Bucket = 'demo-project-bucket-0001')
        foreach ($one in $Name) {
            $null = Invoke-Cloud -Path objects -Method POST -Body @{ bucket = $Bucket; name = $one; content = $one }
        }
    }
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Objects' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'are listed page by page, and Select-Object -First stops the asking' {
        $null = Invoke-Cloud -Path objects -Method POST -Body @{ bucket = $bucket; synthetic = 2500 }

        @(Get-GcsObject $bucket | Select-Object -First 3).Count | Should -Be 3
        @(Get-CloudRequest -Path "/storage/v1/b/$bucket/o").Count | Should -Be 1
        @(Get-GcsObject $bucket).Count | Should -Be 2500
    }

    It 'keep odd names on every way' {
        $names = 'a/../b', '//', 'report[1].csv', 'what?', '100%', 'a#2', 'back\slash', ' space ', '*'
        Add-TestObject -Name $names

        @(Get-GcsObject $bucket).Count | Should -Be $names.Count
        @(Get-GcsObject $bucket $names).Name | Should -Be $names
        @(Get-GcsObject $bucket | Copy-GcsObject $other).Count | Should -Be $names.Count
        Get-GcsObject $bucket | Remove-GcsObject -Force
        @(Get-GcsObject $bucket) | Should -BeNullOrEmpty
        Remove-GcsObject "gs://$other" -Recurse -Force
        @(Get-GcsObject $other) | Should -BeNullOrEmpty
    }

    It 'come from a job as they come live' {
        Add-TestObject -Name 'a/1', 'a/2', 'b'
        $module = (Get-Module GcpWorkloadAuth).Path
        $job = Start-Job -ScriptBlock {
            Import-Module $using:module
            Get-GcsObject $using:bucket -Delimiter /
        }
        $listed = @($job | Wait-Job | Receive-Job)
        $job | Remove-Job

        @($listed | Get-GcsObject).Name | Should -Be @('a/1', 'a/2', 'b')
        $listed | Where-Object Name -EQ b | Test-GcsObject | Should -BeTrue
        $listed | Where-Object Name -EQ b | Set-GcsObject -CacheControl no-store | ForEach-Object CacheControl | Should -Be 'no-store'
        $listed | Remove-GcsObject -Recurse -Force
        @(Get-GcsObject $bucket) | Should -BeNullOrEmpty
    }

    It 'change nothing with -WhatIf, with -Force or without' {
        Add-TestObject -Name a, b
        $before = @(Get-GcsObject $bucket).Generation

        Get-GcsObject $bucket | Remove-GcsObject -Force -WhatIf
        Move-GcsObject "gs://$bucket/a" -DestinationName c -Force -WhatIf
        Copy-GcsObject "gs://$bucket/a" $other -WhatIf
        Set-GcsObject $bucket a -StorageClass NEARLINE -Force -WhatIf
        Join-GcsObject $bucket a, b -DestinationName a -Force -WhatIf

        @(Get-GcsObject $bucket).Generation | Should -Be $before
        @(Get-GcsObject $other) | Should -BeNullOrEmpty
    }

    It 'move, come back and are joined' {
        Add-TestObject -Name a, b
        (Move-GcsObject "gs://$bucket/a" "gs://$other/x/").Name | Should -Be 'x/a'
        Test-GcsObject $bucket a | Should -BeFalse
        Remove-GcsObject $bucket b -Force
        (Restore-GcsObject $bucket b).Name | Should -Be 'b'
        (Join-GcsObject $bucket b, b -DestinationName bb).Size | Should -Be 2
    }

    It 'that are missing are errors of their own and stop nobody' {
        Add-TestObject -Name a, b

        $found = @(Get-GcsObject $bucket a, nothing, b -ErrorAction SilentlyContinue -ErrorVariable problem)

        $found.Name | Should -Be @('a', 'b')
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ObjectNotFound,*'
        $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}
