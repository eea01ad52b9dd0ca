"""What a phone's camera reads: QR codes in pictures and in documents, by a decoder that is not ours."""

import io

import pypdfium2
import zxingcpp
from PIL import Image


def codes_in(picture):
    """Return the texts of all QR codes in a picture, given as bytes of any format Pillow reads."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    return [code.text for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)]


def codes_on_paper(document):
    """Return the texts of all QR codes on the first page of a PDF, drawn as a printer would."""
    page = pypdfium2.PdfDocument(document)[0]
    return [code.text for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil().convert("L"))]
