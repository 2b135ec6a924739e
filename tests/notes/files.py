"""The smallest Word file and PDF that hold a text."""

from __future__ import annotations

import io
import zipfile

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/></Types>'
)


_DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="p" descr="a picture"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="rId9"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></pic:blipFill></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
PICTURE = _DRAWING
"""A paragraph of a Word file that shows its picture."""


def docx_of(body: str, picture: bytes = b"") -> bytes:
    """A Word file whose body is the WordprocessingML `body`, with a PNG that `PICTURE` shows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        document = f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"
        package.writestr("word/document.xml", document)
        if picture:
            package.writestr("word/media/image1.png", picture)
            package.writestr(
                "word/_rels/document.xml.rels",
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
                ' Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
                ' Target="media/image1.png"/></Relationships>',
            )
    return out.getvalue()


def pdf_of(pages: list[list[str]], *, grey: int = 0) -> bytes:
    """A PDF of `pages`, each of lines of ASCII (ISO 32000-1, 7.5: objects, a table of their places, a trailer).

    With `grey`, a square of so many pixels is drawn below the first line of each page.
    """
    picture = f" /XObject << /Im1 {4 + 2 * len(pages)} 0 R >>" if grey else ""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, rows in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 3 0 R >>{picture} >>"
            f" /Contents {5 + 2 * number} 0 R >>"
        )
        first, *others = (f"({_escaped(row)}) Tj T*" for row in rows)
        between = "ET q 90 0 0 90 72 600 cm /Im1 Do Q BT /F1 12 Tf 72 500 Td 14 TL " if grey else ""
        stream = f"BT /F1 12 Tf 72 770 Td 14 TL {first} {between}{' '.join(others)} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    if grey:
        objects.append(
            f"<< /Type /XObject /Subtype /Image /Width {grey} /Height {grey} /ColorSpace /DeviceGray"
            f" /BitsPerComponent 8 /Length {grey * grey} >>\nstream\n{'z' * grey * grey}\nendstream"
        )
    text, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    text += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
        f"startxref\n{len(text)}\n%%EOF\n"
    )
    return text.encode("latin-1")


def _escaped(row: str) -> str:
    return row.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
