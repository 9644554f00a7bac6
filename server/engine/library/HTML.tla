-------------------------------- MODULE HTML --------------------------------
(* Pages of HTML as strings. What is called a list is a sequence of strings. *)
LOCAL INSTANCE Sequences
LOCAL INSTANCE SequencesExt

LOCAL Joined(strings, between) ==
    FoldLeft(LAMBDA text, s : IF text = "" THEN s ELSE text \o between \o s, "", strings)

LOCAL Lines(strings) == Joined(strings, "\n")

(* The string string with the first of each pair in the sequence args replaced by the second, one time each. *)
HTMLFill(string, args) == FoldLeft(LAMBDA text, pair : ReplaceFirstSubSeq(pair[2], pair[1], text), string, args)

(* A whole page. *)
HTMLDocument(header, body, list_of_scripts) ==
    Lines(<<"<!DOCTYPE html>", "<html>", header, body>> \o list_of_scripts \o <<"</html>">>)

(* A style: the selector classname with the list of attributes. *)
HTMLClass(classname, attribute_list) == Lines(<<classname \o " {">> \o attribute_list \o <<"}">>)

(* A style's attribute. *)
HTMLAttribute(name, value) == name \o ": " \o value \o ";"

(* The styles of grids, boxes and circles. *)
HTMLDefaultStyle ==
    Lines(<<HTMLClass(".default_grid", <<HTMLAttribute("display", "grid")>>),
            HTMLClass(".default_box", <<HTMLAttribute("border", "1px solid black")>>),
            HTMLClass(".default_circle", <<HTMLAttribute("border-radius", "50%")>>)>>)

(* A style sheet of the default style and the list of styles. *)
HTMLStyleSheet(class_list) == Lines(<<"<style>", HTMLDefaultStyle>> \o class_list \o <<"</style>">>)

(* A script in a file. *)
HTMLScriptFile(name) == "<script src=\"" \o name \o "\"></script>"

(* A script of the list of lines. *)
HTMLScript(children) == Lines(<<"<script>">> \o children \o <<"</script>">>)

(* A link in the page's head to the file name, of that type. *)
HTMLLink(name, type) == "<link rel=\"" \o type \o "\" href=\"" \o name \o "\"/>"

(* The page's head with its title, list of links and list of styles. *)
HTMLHeader(title, list_of_links, class_list) ==
    Lines(<<"<head>", "<title>" \o title \o "</title>">> \o list_of_links
          \o <<HTMLStyleSheet(class_list), "</head>">>)

(* The page's body. *)
HTMLBody(body) == Lines(<<"<body>", body, "</body>">>)

(* A frame with that id round the list of elements. *)
HTMLFrame(id, children) == Lines(<<"<div id=\"" \o id \o "\">">> \o children \o <<"</div>">>)

(* A grid with that id and those styles of the list of elements. *)
HTMLGridContainer(id, class_list, children) ==
    Lines(<<"<div id=\"" \o id \o "\" class=\"default_grid " \o Joined(class_list, " ") \o "\">">>
          \o children \o <<"</div>">>)

(* A box with that id, those styles and that size round the list of elements. *)
HTMLBox(id, class_list, size, children) ==
    LET classes == "default_box " \o Joined(class_list, " ")
        opening == "<div id=\"" \o id \o "\" class=\"" \o classes \o "\" style=\"" \o size \o "\">"
    IN  Lines(<<opening>> \o children \o <<"</div>">>)

(* A box with round corners. *)
HTMLCircle(id, class_list, size, children) == HTMLBox(id, <<"default_circle">> \o class_list, size, children)

(* A piece of text with that id. *)
HTMLText(id, text) == Lines(<<"<span id=\"" \o id \o "\">", text, "</span>">>)

(* A picture with that id and size; svgString is its content. *)
HTMLSVG(id, viewBox, size, svgString) ==
    Lines(<<"<svg id=\"" \o id \o "\" viewBox=\"" \o viewBox \o "\" style=\"" \o size \o "\">", svgString, "</svg>">>)

(* The attributes of a width and a height. *)
HTMLSize(width, height) == HTMLAttribute("width", width) \o " " \o HTMLAttribute("height", height)

(* A line break. *)
HTMLNewLine == "<br>"

(* The attributes that centre what is in an element. *)
HTMLFlexCenterAttributes ==
    Lines(<<HTMLAttribute("display", "flex"),
            HTMLAttribute("align-items", "center"),
            HTMLAttribute("justify-content", "center")>>)

(* In a script: the two elements with these ids, as arguments. *)
HTMLJSLineElems(fromID, destID) ==
    LET element(id) == "document.getElementById(\"" \o id \o "\")"
    IN  element(fromID) \o ", " \o element(destID)

(* In a script: a line between two elements. *)
HTMLJSLine(fromID, destID, color, size) ==
    "new LeaderLine(" \o HTMLJSLineElems(fromID, destID) \o ", {size: " \o size \o ", color: '" \o color \o "'})"

(* In a script: a dashed line between two elements. *)
HTMLJSLineDash(fromID, destID, color, size) ==
    "new LeaderLine(" \o HTMLJSLineElems(fromID, destID)
    \o ", {size: " \o size \o ", dash: true, color: '" \o color \o "'})"

(* In a script: what is done when a key is pressed, as the list of lines says. *)
HTMLJSKeyListener(events) ==
    Lines(<<"window.onkeyup = function(event) {", "let key = event.key.toUpperCase();">> \o events \o <<"}">>)

(* In a key listener: the key opens the file. *)
HTMLJSNavigationKey(key, file) ==
    Lines(<<"if(key == '" \o key \o "') {", "window.location = \"" \o file \o "\";", "}">>)

=============================================================================
