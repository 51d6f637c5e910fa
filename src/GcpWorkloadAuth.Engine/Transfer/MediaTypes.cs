using System;
using System.Collections.Generic;
using System.IO;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>Media types by a file's extension. Source: the IANA registry, and for what it lacks what browsers and web servers agree on.</summary>
internal static class MediaTypes
{
    public const string Unknown = "application/octet-stream";

    private const string Table = """
        text/plain .txt .text .log .ini .cfg .conf .reg
        text/csv .csv
        text/tab-separated-values .tsv
        text/html .html .htm
        text/css .css
        text/javascript .js .mjs
        text/markdown .md .markdown
        text/calendar .ics
        text/xml .xsd
        text/x-powershell .ps1 .psm1 .psd1
        text/x-python .py
        text/x-sh .sh
        application/json .json .map
        application/x-ndjson .ndjson .jsonl
        application/ld+json .jsonld
        application/xml .xml .xsl .ps1xml .config
        application/yaml .yaml .yml
        application/toml .toml
        application/pdf .pdf
        application/rtf .rtf
        application/sql .sql
        application/wasm .wasm
        application/zip .zip .nupkg
        application/gzip .gz .tgz
        application/x-bzip2 .bz2
        application/x-xz .xz
        application/zstd .zst
        application/x-tar .tar
        application/x-7z-compressed .7z
        application/vnd.rar .rar
        application/vnd.ms-cab-compressed .cab
        application/x-msi .msi .msp
        application/vnd.microsoft.portable-executable .exe .dll .sys
        application/x-iso9660-image .iso
        application/java-archive .jar .war
        application/vnd.debian.binary-package .deb
        application/x-rpm .rpm
        application/vnd.android.package-archive .apk
        application/msword .doc
        application/vnd.openxmlformats-officedocument.wordprocessingml.document .docx
        application/vnd.ms-excel .xls
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet .xlsx
        application/vnd.ms-powerpoint .ppt
        application/vnd.openxmlformats-officedocument.presentationml.presentation .pptx
        application/vnd.oasis.opendocument.text .odt
        application/vnd.oasis.opendocument.spreadsheet .ods
        application/epub+zip .epub
        application/vnd.apache.parquet .parquet
        application/avro .avro
        application/x-x509-ca-cert .crt .cer .der
        application/x-pem-file .pem
        application/pkcs12 .p12 .pfx
        application/postscript .ps .eps .ai
        application/vnd.ms-fontobject .eot
        application/vnd.sqlite3 .sqlite .db
        image/png .png
        image/jpeg .jpg .jpeg
        image/gif .gif
        image/bmp .bmp
        image/webp .webp
        image/avif .avif
        image/svg+xml .svg
        image/tiff .tif .tiff
        image/heic .heic
        image/vnd.microsoft.icon .ico
        audio/mpeg .mp3
        audio/mp4 .m4a
        audio/aac .aac
        audio/flac .flac
        audio/ogg .ogg .oga
        audio/wav .wav
        video/mp4 .mp4 .m4v
        video/mpeg .mpeg .mpg
        video/quicktime .mov
        video/webm .webm
        video/x-msvideo .avi
        video/x-matroska .mkv
        video/mp2t .ts
        font/woff .woff
        font/woff2 .woff2
        font/ttf .ttf
        font/otf .otf
        message/rfc822 .eml
        """;

    private static readonly Dictionary<string, string> s_types = Read();

    /// <summary>What a file with such a name most likely holds.</summary>
    public static string Of(string path) => s_types.TryGetValue(Path.GetExtension(path), out string? type) ? type : Unknown;

    private static Dictionary<string, string> Read()
    {
        Dictionary<string, string> types = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in Table.Split('\n'))
        {
            string[] words = line.Split([' ', '\r'], StringSplitOptions.RemoveEmptyEntries);
            for (int i = 1; i < words.Length; i++)
            {
                types[words[i]] = words[0];
            }
        }

        return types;
    }
}
